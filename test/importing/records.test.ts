import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detached, fieldsOf, RecordReader, type RecordDialect } from '../../src-main/importing/records.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

interface Read {
  line: number;
  fields: string[];
  text: string;
  problem: string | null;
}

function read(text: string, dialect: Partial<RecordDialect> = {}, pieceLength = Infinity): Read[] {
  const reader = new RecordReader({ delimiter: ',', quote: '"', ...dialect });
  const records: Read[] = [];
  const take = () => {
    while (reader.next()) {
      const { line, fields, problem } = reader;
      records.push({ line, fields, text: reader.text, problem });
    }
  };
  for (let at = 0; at < text.length; at += pieceLength) {
    reader.push(text.slice(at, at + pieceLength));
    take();
  }
  reader.end();
  take();
  return records;
}

const fields = (text: string, dialect: Partial<RecordDialect> = {}) =>
  read(text, dialect).map((record) => record.fields);

describe('records', () => {
  test('fields, empty ones included, with and without a line break at the end', () => {
    assert.deepEqual(fields('a,b,\n,,\n1,2,3'), [
      ['a', 'b', ''],
      ['', '', ''],
      ['1', '2', '3'],
    ]);
    assert.deepEqual(fields('a,b\n'), [['a', 'b']]);
    assert.deepEqual(fields('a,'), [['a', '']]);
    assert.deepEqual(fields(''), []);
  });

  test('LF, CRLF and CR end a line, also where pieces are cut between CR and LF', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      for (const piece of [1, 2, 3, 5, Infinity]) {
        const records = read(['a,b', 'c,d', '', 'e,f'].join(end), {}, piece);
        assert.deepEqual(
          records.map(({ line, fields, text }) => [line, fields, text]),
          [
            [1, ['a', 'b'], 'a,b'],
            [2, ['c', 'd'], 'c,d'],
            [4, ['e', 'f'], 'e,f'],
          ],
        );
      }
    }
  });

  test('quoted fields hold delimiters, doubled quotes and line breaks; lines count physically', () => {
    const text = 'id,note\r\n1,"a, ""b""\r\nc\rd\ne"\r\n2,"",x\r\n';
    for (const piece of [1, 4, Infinity]) {
      const records = read(text, {}, piece);
      assert.deepEqual(
        records.map(({ line, fields }) => [line, fields]),
        [
          [1, ['id', 'note']],
          [2, ['1', 'a, "b"\r\nc\rd\ne']],
          [6, ['2', '', 'x']],
        ],
      );
      assert.equal(records[1]!.text, '1,"a, ""b""\r\nc\rd\ne"');
    }
  });

  test('other delimiters and quotes; no quote at all', () => {
    assert.deepEqual(fields(`'a;b';c`, { delimiter: ';', quote: "'" }), [['a;b', 'c']]);
    assert.deepEqual(fields('"a\tb"\tc', { delimiter: '\t', quote: '' }), [['"a', 'b"', 'c']]);
    assert.deepEqual(fields('5" pipe,3'), [['5" pipe', '3']]);
  });

  test('blank lines are no records, lines of delimiters are', () => {
    assert.deepEqual(
      read('a,b\n\n   \n\t\n,\n').map(({ line, fields }) => [line, fields]),
      [
        [1, ['a', 'b']],
        [5, ['', '']],
      ],
    );
    assert.deepEqual(fields('a\n""\nb'), [['a'], [''], ['b']]);
  });

  test('a stray quote costs its line and no other', () => {
    for (const piece of [7, Infinity]) {
      const unclosed = read('1,a\n2,"b\n3,c\n4,d\n', {}, piece);
      assert.deepEqual(
        unclosed.map(({ line, text, problem }) => [line, text, problem]),
        [
          [1, '1,a', null],
          [2, '2,"b', 'a quote that is opened and never closed'],
          [3, '3,c', null],
          [4, '4,d', null],
        ],
      );
      const followed = read('1,"a"b,c\n2,"b\n3,"c",x\n4,d\n', {}, piece);
      assert.deepEqual(
        followed.map(({ line, problem }) => [line, problem]),
        [
          [1, 'text after a closing quote'],
          [2, 'text after a closing quote'],
          [3, null],
          [4, null],
        ],
      );
    }
  });

  test('an opened quote is given up before it swallows a long file', () => {
    const rows = Array.from({ length: 300_000 }, (_, i) => `${i},x`);
    rows[10] = '10,"x';
    const records = read(rows.join('\n'), {}, 1 << 16);
    assert.equal(records.length, rows.length);
    assert.deepEqual(
      records.filter(({ problem }) => problem !== null).map(({ line }) => line),
      [11],
    );
  });

  test('a file without lines is refused', () => {
    const reader = new RecordReader({ delimiter: ',', quote: '"' });
    const piece = 'x'.repeat(1 << 22);
    assert.throws(
      () => {
        for (let i = 0; i < 6; i++) {
          reader.push(piece);
          reader.next();
        }
      },
      { code: 'data-refused' },
    );
  });

  test('what is quoted comes back, for random fields cut into random pieces', () => {
    const random = createRandom(20260417);
    const letters = ['a', 'é', '"', ',', ';', '\n', '\r', '\r\n', ' ', '', '5.00E+05', '€', '😀'];
    const draw = (count: number) => random.integer(0, count - 1);
    for (let round = 0; round < 300; round++) {
      const end = ['\n', '\r\n', '\r'][draw(3)]!;
      const width = 2 + draw(4);
      const rows = Array.from({ length: 1 + draw(8) }, () =>
        Array.from({ length: width }, () =>
          Array.from({ length: draw(6) }, () => letters[draw(letters.length)]).join(''),
        ),
      );
      const written = rows
        .map((row) =>
          row
            .map((field) =>
              /["\r\n,]/.test(field) || random.next() < 0.3 ? `"${field.replaceAll('"', '""')}"` : field,
            )
            .join(','),
        )
        .join(end);
      const records = read(written, {}, 1 + draw(12));
      assert.deepEqual(
        records.map((record) => record.fields),
        rows,
        JSON.stringify(written),
      );
      // Each record's text is a run of the file that starts on the line it says.
      const breaks = [...written.matchAll(/\r{0,2}\n|\r/g)].map((match) => match.index + match[0].length);
      for (const record of records) {
        const start = record.line === 1 ? 0 : breaks[record.line - 2]!;
        assert.equal(written.slice(start, start + record.text.length), record.text);
      }
    }
  });
});

test('a list of fields on one line', () => {
  assert.deepEqual(fieldsOf('a,"b, c",d', { delimiter: ',', quote: '"' }), ['a', 'b, c', 'd']);
  assert.deepEqual(fieldsOf('', { delimiter: ',', quote: '"' }), ['']);
});

test('a detached text is equal, whatever it holds', () => {
  for (const text of ['', 'CUST_0001', 'Öß€😀', '\ud800']) assert.equal(detached(text), text);
});
