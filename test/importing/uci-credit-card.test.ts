import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadProfiles } from '../../src-main/importing/profiles.ts';
import { readSettings } from '../../src-main/importing/settings.ts';
import { failure, fileOf, importPath, RecordingTarget } from './recording-target.ts';

const FILE = fileURLToPath(new URL('../fixtures/uci-credit-card/UCI_Credit_Card.csv', import.meta.url));
const LINES = readFileSync(FILE, 'utf8').trimEnd().split('\n');

describe('UCI credit cards', () => {
  test('all of it, by its header alone', async () => {
    const target = new RecordingTarget();
    const document = await importPath(FILE, target);
    assert.deepEqual(document.rows, { read: 30_000, accepted: 30_000, unchanged: 0, conflicting: 0, rejected: 0 });
    assert.deepEqual([document.customers, document.steps], [30_000, 180_000]);
    assert.deepEqual(
      [document.profile, document.kind, document.timeStep, target.head!.dated],
      ['uci-credit-card', 'history', 'month', true],
    );
    assert.deepEqual(
      target.head!.features.map(({ name, kind, fill, modelInput }) => [name, kind, fill, modelInput]),
      [
        ['PAY', 'history', 'carry', true],
        ['BILL_AMT', 'history', 'carry', true],
        ['PAY_AMT', 'history', 'zero', true],
        ['LIMIT_BAL', 'static', 'carry', true],
        ['SEX', 'static', 'carry', false],
        ['EDUCATION', 'static', 'carry', true],
        ['MARRIAGE', 'static', 'carry', false],
        ['AGE', 'static', 'carry', false],
      ],
    );
    // 2005-04 … 2005-09, oldest first; the file has the newest first.
    const first = target.records[0]!;
    assert.deepEqual(first.steps, [423, 424, 425, 426, 427, 428]);
    assert.deepEqual(target.rows.slice(0, 6), [
      ['1', 423, -2, 0, 0],
      ['1', 424, -2, 0, 0],
      ['1', 425, -1, 0, 0],
      ['1', 426, -1, 689, 0],
      ['1', 427, 2, 3102, 689],
      ['1', 428, 2, 3913, 0],
    ]);
    assert.deepEqual(first.statics, ['20000', '2', '2', '1', '24']);
    const seventh = target.records[6]!;
    assert.equal(seventh.statics[0], '5.00E+05');
    assert.equal(Number(seventh.statics[0]), 500_000);

    // Every value of every record against the file, read the plain way.
    const columns = [
      [11, 10, 9, 8, 7, 6],
      [17, 16, 15, 14, 13, 12],
      [23, 22, 21, 20, 19, 18],
    ];
    let differing = 0;
    target.records.forEach(({ customer, values }, i) => {
      const cells = LINES[i + 1]!.split(',');
      if (customer !== cells[0]) differing++;
      for (let s = 0; s < 6; s++) {
        for (let f = 0; f < 3; f++) if (values[s * 3 + f] !== Number(cells[columns[f]![s]!])) differing++;
      }
    });
    assert.equal(differing, 0);
    assert.equal(target.result!.outcomeKind, 'constant');
    assert.equal(target.outcomes.length, 30_000);
    assert.equal(target.outcomes.filter(([, flag]) => flag === 1).length, 6_636);
  });

  const head = (header: string) => [header, ...LINES.slice(1, 4)].join('\n');

  test('the names of other copies of the data', async (t) => {
    for (const label of ['default.payment.next.month', '"default payment next month"', 'DEFAULT']) {
      const header = LINES[0]!.replace('Default', label).toLowerCase();
      const target = new RecordingTarget();
      const document = await importPath(fileOf(t, head(header)), target);
      assert.equal(document.profile, 'uci-credit-card', label);
      assert.deepEqual(target.outcomes, [
        ['1', 1, null],
        ['2', 1, null],
        ['3', 0, null],
      ]);
      assert.deepEqual(target.rows[5], ['1', 428, 2, 3913, 0]);
    }
  });

  test('settings lead over the profile', async (t) => {
    const file = fileOf(t, head(LINES[0]!));
    const target = new RecordingTarget();
    const document = await importPath(file, target, ['static=AGE', 'features=PAY,BILL_AMT'], 'uci-credit-card');
    assert.deepEqual(
      target.head!.features.map(({ name }) => name),
      ['PAY', 'BILL_AMT', 'AGE'],
    );
    assert.deepEqual(target.records[0]!.steps.length, 6);
    assert.equal(document.columns.find(({ name }) => name === 'SEX')!.role, 'ignored');
    assert.match(document.columns[0]!.why, /profile/);
    await assert.rejects(importPath(file, new RecordingTarget(), ['step=PAY_0']), failure('usage', 'across columns'));
    await assert.rejects(importPath(file, new RecordingTarget(), ['features=AGE']), failure('usage', 'PAY_AMT'));
  });

  test('a header that is not quite it goes the ordinary way', async (t) => {
    const file = fileOf(t, head(LINES[0]!.replace('AGE', 'YEARS')));
    await assert.rejects(importPath(file, new RecordingTarget()), failure('data-refused', 'date='));
  });
});

test('every profile that ships is whole', async () => {
  for (const profile of await loadProfiles()) {
    readSettings(Object.entries(profile.settings).map(([key, value]) => ({ key, value })));
    const leading = profile.header.map((names) => names[0]);
    assert.equal(new Set(profile.header.flat().map((name) => name.toLowerCase())).size, profile.header.flat().length);
    for (const { name, columns } of profile.periods?.features ?? []) {
      assert.equal(columns.length, profile.periods!.dates.length, name);
      for (const column of columns) assert.ok(leading.includes(column), column);
    }
  }
});
