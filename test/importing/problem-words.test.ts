import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainWords } from '../../src-renderer/importing/problem-words.ts';

const said = (message: string) => plainWords(message).text;

test('settings that a message names are called what the screen calls them', () => {
  assert.equal(
    said('Check that it is a table saved as CSV, and say the delimiter with delimiter=.'),
    'Check that it is a table saved as CSV, and say the delimiter with “Delimiter”.',
  );
  assert.equal(
    said('Name it with customer=NAME, or by number from 0. Columns are: a, b.'),
    'Name it with the role “Customer”. Columns are: a, b.',
  );
  assert.equal(
    said('give headerLine= or delimiter= if they were read wrongly.'),
    'give “Header” or “Delimiter” if they were read wrongly.',
  );
  assert.equal(
    said('say which one means default with outcomePositive=VALUE.'),
    'say which one means default with “default”.',
  );
  assert.equal(said('Nothing here: a = b, x=1.'), 'Nothing here: a = b, x=1.');
});

test('values that a message names become choices', () => {
  assert.deepEqual(plainWords('Say which it is, for example dateFormat=dd/MM/yyyy or dateFormat=MM/dd/yyyy.'), {
    text: 'Say which it is, for example dd/MM/yyyy or MM/dd/yyyy.',
    ways: [
      { key: 'dateFormat', value: 'dd/MM/yyyy', label: 'dd/MM/yyyy' },
      { key: 'dateFormat', value: 'MM/dd/yyyy', label: 'MM/dd/yyyy' },
    ],
  });
  const signs = [
    { key: 'decimal', value: '.', label: 'a decimal point' },
    { key: 'decimal', value: ',', label: 'a decimal comma' },
  ];
  assert.deepEqual(plainWords('Say it with decimal=. or decimal=,'), {
    text: 'Say it with a decimal point or a decimal comma',
    ways: signs,
  });
  assert.deepEqual(plainWords('with decimal=. or decimal=, and the other rows are set aside.'), {
    text: 'with a decimal point or a decimal comma and the other rows are set aside.',
    ways: signs,
  });
  assert.deepEqual(
    plainWords('Name the columns of numbers with features=A,B, or give kind=outcomes for a file of outcomes.'),
    {
      text: 'Name the columns of numbers with the role “Feature”, or give outcomes alone for a file of outcomes.',
      ways: [{ key: 'kind', value: 'outcomes', label: 'outcomes alone' }],
    },
  );
  assert.deepEqual(
    plainWords(
      'Say the format with dateFormat=, for example dateFormat=dd.MM.yyyy, or name another column with date=NAME.',
    ).ways,
    [{ key: 'dateFormat', value: 'dd.MM.yyyy', label: 'dd.MM.yyyy' }],
  );
});
