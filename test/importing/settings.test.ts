import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noSettings, readSettings, settingsOver } from '../../src-main/importing/settings.ts';
import { failure } from './recording-target.ts';

const read = (...pairs: [string, string][]) => readSettings(pairs.map(([key, value]) => ({ key, value })));

test('values as they are typed', () => {
  assert.deepEqual(read(), noSettings());
  assert.equal(read(['delimiter', 'tab']).delimiter, '\t');
  assert.equal(read(['delimiter', '\\t']).delimiter, '\t');
  assert.equal(read(['delimiter', ';']).delimiter, ';');
  assert.equal(read(['quote', 'none']).quote, '');
  assert.equal(read(['thousands', 'space']).thousands, ' ');
  assert.equal(read(['thousands', 'none']).thousands, '');
  assert.equal(read(['encoding', 'latin1']).encoding, 'windows-1252');
  assert.equal(read(['headerLine', '0']).headerLine, 0);
  assert.deepEqual(read(['features', 'a, b ,"c, d"']).features, ['a', 'b', 'c, d']);
  assert.deepEqual(read(['static', '']).static, []);
  assert.equal(read(['customer', 'A'], ['customer', 'B']).customer, 'B');
});

test('what is not known is named, with what is', () => {
  const refused = (key: string, value: string, ...words: string[]) =>
    assert.throws(() => read([key, value]), failure('usage', ...words), `${key}=${value}`);
  refused('colour', 'red', 'colour', 'dateFormat', 'outcomePositive');
  refused('kind', 'cards', 'cards', 'history ledger outcomes');
  refused('timeStep', 'year', 'day week month');
  refused('encoding', 'x', 'utf-8');
  refused('delimiter', 'ab', 'semicolon');
  refused('delimiter', '', 'one character');
  refused('quote', 'ab', 'one character');
  refused('decimal', ';', 'decimal');
  refused('thousands', '*', 'none');
  refused('dateFormat', 'YYYY', 'yyyy');
  refused('headerLine', '-1', 'line number');
  refused('customer', ' ', 'empty');
  assert.throws(() => read(['decimal', ','], ['thousands', ',']), failure('usage', 'differ'));
  assert.throws(() => read(['step', 'a'], ['date', 'b']), failure('usage', 'exclude'));
});

test('one set over another', () => {
  const over = settingsOver(
    read(['customer', 'A'], ['step', 'n']),
    read(['customer', 'B'], ['date', 'd'], ['outcome', 'o']),
  );
  assert.deepEqual(over, read(['customer', 'A'], ['step', 'n'], ['outcome', 'o']));
});
