import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RequestOf } from '../../src-main/ipc/contract.ts';
import { windowlessSession, type WindowlessSession } from './windowless-session.ts';

type Importing = RequestOf<'startImport'>;

const importing = (file: string, more: Partial<Importing> = {}): Importing => ({
  file,
  profile: null,
  settings: [],
  dryRun: false,
  onConflict: 'keep',
  ...more,
});

function write({ folder }: WindowlessSession, name: string, lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\r\n'));
  return path;
}

/** Dates that only its other rows decide, a number with a letter, a row with a field too many, and a broken quote. */
const MARCH = [
  'Konto;Tag;Saldo;Bemerkung',
  'K1;13/02/2025;1.100,50;gut',
  'K1;02/03/2025;1.101,50;gut',
  'K2;01/03/2025;x;"mit; Zeichen"',
  'K2;02/03/2025;1.102,50;zu;viel',
  'K3;03/03/2025;1.103,50;"offen',
  'K3;04/03/2025;1.104,50;gut',
  'K3;05/03/2025;1.105,50;gut',
];

async function imported(session: WindowlessSession) {
  const { call, done } = session;
  await session.create('Retail');
  const file = write(session, 'march.csv', MARCH);
  const document = await done('import', call('startImport', importing(file)));
  assert.deepEqual(document.rows, { read: 7, accepted: 4, unchanged: 0, conflicting: 0, rejected: 3 });
  return document;
}

test('set-aside rows are mended in place and make a batch of their own', async (t) => {
  const session = windowlessSession(t);
  const { call, done } = session;
  const { batchId } = await imported(session);
  const before = (await call('portfolio', {})).open!.historyRows;
  const aside = await call('setAside', { batchId: batchId! });
  assert.deepEqual([aside.file, aside.open, aside.mended], ['march.csv', 3, 0]);
  assert.deepEqual(aside.columns, ['Konto', 'Tag', 'Saldo', 'Bemerkung']);
  assert.deepEqual(
    aside.rows.map(({ line, column, cells }) => [line, column, cells]),
    [
      [4, 2, ['K2', '01/03/2025', 'x', 'mit; Zeichen']],
      [5, null, ['K2', '02/03/2025', '1.102,50', 'zu;viel']],
      [6, null, ['K3', '03/03/2025', '1.103,50', '"offen']],
    ],
  );

  const [first, second, third] = aside.rows;
  const rows = [
    { id: first!.id, cells: ['K2', '01/03/2025', '2.200,25', first!.cells[3]!] },
    { id: second!.id, cells: ['K2', '02/03/2025', 'noch x', 'zu\nviel'] },
    { id: third!.id, cells: third!.cells },
  ];
  const mended = await done('mend', call('startMend', { batchId: batchId!, rows }));
  assert.deepEqual(mended.refused, [{ id: second!.id, column: 2, reason: '"noch x" is not a number' }]);
  assert.deepEqual([mended.imported!.file, mended.imported!.rows.accepted], ['march mended.csv', 2]);
  assert.deepEqual(mended.imported!.columns.map(({ role }) => role).slice(4), ['ignored', 'ignored']);
  assert.equal((await call('portfolio', {})).open!.historyRows, before + 2);
  const left = await call('setAside', { batchId: batchId! });
  assert.deepEqual([left.open, left.mended, left.rows[0]!.line], [1, 2, 5]);
  const twice = call('startMend', { batchId: batchId!, rows: [rows[0]!] });
  await assert.rejects(done('mend', twice), { code: 'not-found' });

  await call('undoImport', { batchId: mended.imported!.batchId! });
  assert.equal((await call('portfolio', {})).open!.historyRows, before);
  assert.equal((await call('setAside', { batchId: batchId! })).open, 3, 'an undone import mends nothing');
});

test('where no row can be read nothing is kept, and each says why', async (t) => {
  const session = windowlessSession(t);
  const { call, done } = session;
  const { batchId } = await imported(session);
  const [row] = (await call('setAside', { batchId: batchId! })).rows;
  const same = { id: row!.id, cells: row!.cells };
  const mended = await done('mend', call('startMend', { batchId: batchId!, rows: [same] }));
  assert.deepEqual(mended, { imported: null, refused: [{ id: row!.id, column: 2, reason: '"x" is not a number' }] });
  const stored = { id: row!.id, cells: ['K1', '02/03/2025', '9,00', ''] };
  const other = await done('mend', call('startMend', { batchId: batchId!, rows: [stored] }));
  assert.deepEqual(
    [other.imported, other.refused[0]!.reason],
    [null, 'differs from what is stored: 1101.5 there, 9 here'],
  );
  assert.equal((await call('imports', {})).imports.length, 1);
  assert.equal((await call('auditLog', {})).entries.filter(({ action }) => action === 'import').length, 1);
});

test('set-aside rows go into a file like the first, which is read as the first was', async (t) => {
  const session = windowlessSession(t);
  const { call, done, answers, folder } = session;
  const { batchId, dialect } = await imported(session);
  answers.saveFile = join(folder, 'aside.csv');
  await call('exportRejected', { batchId: batchId! });
  const text = readFileSync(answers.saveFile, 'utf8');
  assert.deepEqual(text.trimEnd().split('\r\n'), [
    '\ufeffKonto;Tag;Saldo;Bemerkung;line;reason',
    'K2;01/03/2025;x;"mit; Zeichen";4;"Saldo: ""x"" is not a number"',
    'K2;02/03/2025;1.102,50;"zu;viel";5;5 fields where the file has 4 columns',
    'K3;03/03/2025;1.103,50;"""offen";6;a quote that is opened and never closed',
  ]);
  writeFileSync(answers.saveFile, text.replace('01/03/2025;x', '01/03/2025;"2.000,25"'));
  const preview = await call('previewImport', { file: answers.saveFile, profile: null, settings: [] });
  assert.equal(preview.reading!.profile, 'rows set aside from march.csv');
  assert.deepEqual(
    preview.columns.map(({ role }) => role),
    ['customer', 'date', 'feature', 'ignored', 'ignored', 'ignored'],
  );
  assert.deepEqual(preview.dialect, { ...dialect, headerLine: 1 });
  const read = await done('import', call('startImport', importing(answers.saveFile)));
  assert.deepEqual(read.rows, { read: 3, accepted: 3, unchanged: 0, conflicting: 0, rejected: 0 });
});

test('what the analyst had set holds for the mended rows, also in a file without a header', async (t) => {
  const session = windowlessSession(t);
  const { call, done } = session;
  await session.create('Retail');
  const lines = Array.from(
    { length: 12 },
    (_, i) => `A${i % 2},${i},${i === 5 ? 'x' : i * 2},${i % 2 ? 'gone' : 'here'}`,
  );
  const pairs = { customer: '0', step: '1', features: '2', outcome: '3', outcomePositive: 'gone' };
  const settings = Object.entries(pairs).map(([key, value]) => ({ key, value }));
  const { batchId } = await done(
    'import',
    call('startImport', importing(write(session, 'bare.csv', lines), { settings })),
  );
  const { rows, columns } = await call('setAside', { batchId: batchId! });
  assert.deepEqual([columns, rows.length], [['column 0', 'column 1', 'column 2', 'column 3'], 1]);
  const mended = [{ id: rows[0]!.id, cells: ['A1', '5', '10', 'gone'] }];
  const { imported: document } = await done('mend', call('startMend', { batchId: batchId!, rows: mended }));
  assert.deepEqual([document!.rows.accepted, document!.rows.read], [1, 1]);
});
