import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RequestOf } from '../../src-main/ipc/contract.ts';
import { windowlessSession, type WindowlessSession } from './windowless-session.ts';

/** Two customers over some days; every fifth row has a letter where a number should be. */
function exportOf({ folder }: WindowlessSession, name: string, rows: number, add = 0): string {
  const lines = ['Konto;Tag;Saldo;Rate'];
  for (let i = 0; i < rows; i++) {
    const balance = i % 5 === 4 ? 'x' : `${100 + i + add},5`;
    lines.push(`K${i % 2};${String(1 + Math.floor(i / 2)).padStart(2, '0')}.03.2025;${balance};${i},25`);
  }
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

const reading = (file: string, settings: [string, string][] = [], profile: string | null = null) => ({
  file,
  profile,
  settings: settings.map(([key, value]) => ({ key, value })),
});

const importing = (file: string, more: Partial<RequestOf<'startImport'>> = {}): RequestOf<'startImport'> => ({
  ...reading(file),
  dryRun: false,
  onConflict: 'keep',
  ...more,
});

test('from the preview through the check to the import, its set-aside rows and its undo', async (t) => {
  const session = windowlessSession(t);
  const { call, done, folder, answers } = session;
  const file = exportOf(session, 'march.csv', 40);
  const alone = await call('previewImport', reading(file));
  assert.deepEqual([alone.reading!.timeStep, alone.dialect.decimal], ['day', ','], 'before there is a portfolio');

  await session.create('Retail');
  const preview = await call('previewImport', reading(file));
  assert.deepEqual(preview, alone);
  assert.equal(preview.columns[0]!.role, 'customer');
  const checked = await done('import', call('startImport', importing(file, { dryRun: true })));
  assert.deepEqual(checked.rows, { read: 40, accepted: 32, unchanged: 0, conflicting: 0, rejected: 8 });
  assert.deepEqual(
    [checked.examples.accepted.length, checked.examples.accepted[0]],
    [32, { line: 2, text: 'K0;01.03.2025;100,5;0,25' }],
  );
  assert.equal((await call('portfolio', {})).open!.historyRows, 0);

  const { batchId } = await done('import', call('startImport', importing(file)));
  assert.equal((await call('portfolio', {})).open!.historyRows, 32);
  answers.saveFile = null;
  assert.deepEqual(await call('exportRejected', { batchId: batchId! }), { path: null });
  answers.saveFile = join(folder, 'aside.csv');
  assert.deepEqual(await call('exportRejected', { batchId: batchId! }), { path: answers.saveFile });
  const written = readFileSync(answers.saveFile, 'utf8').trimEnd().split('\r\n');
  assert.equal(written.length, 9);
  assert.equal(written[1], 'K0;03.03.2025;x;4,25;6;"Saldo: ""x"" is not a number"');

  await call('undoImport', { batchId: batchId! });
  assert.equal((await call('portfolio', {})).open!.historyRows, 0);
  await assert.rejects(call('exportRejected', { batchId: '77' }), { code: 'not-found' });
});

test('what differs from the portfolio is listed, and kept or replaced', async (t) => {
  const session = windowlessSession(t);
  const { call, done } = session;
  await session.create('Retail');
  await done('import', call('startImport', importing(exportOf(session, 'march.csv', 20))));
  const later = exportOf(session, 'corrected.csv', 20, 1);
  const kept = await done('import', call('startImport', importing(later)));
  assert.deepEqual([kept.batchId, kept.rows.conflicting, kept.conflicts.length], [null, 16, 16]);
  assert.deepEqual(kept.conflicts[0], { line: 2, customer: 'K0', column: 'Saldo', stored: '100.5', read: '101.5' });
  const replaced = await done('import', call('startImport', importing(later, { onConflict: 'replace' })));
  assert.deepEqual([replaced.batchId, replaced.conflicts], ['2', kept.conflicts]);
  await call('undoImport', { batchId: '2' });
  const again = await done('import', call('startImport', importing(later, { dryRun: true })));
  assert.deepEqual(again.conflicts, kept.conflicts);
});

test('a saved profile is recognised by its header, named, used and deleted', async (t) => {
  const session = windowlessSession(t);
  const { call, done } = session;
  await session.create('Retail');
  const first = exportOf(session, 'march.csv', 20);
  const shipped = (await call('profiles', {})).profiles;
  assert.ok(shipped.length > 1 && shipped.every(({ origin }) => origin === 'shipped'));
  const settings: [string, string][] = [
    ['static', ''],
    ['ignore', 'Rate'],
  ];
  const saved = await call('saveProfile', { name: ' Filiale 7 ', ...reading(first, settings) });
  assert.deepEqual(saved.profiles[0], {
    name: 'Filiale 7',
    title: 'saved from march.csv',
    source: null,
    origin: 'portfolio',
  });
  await assert.rejects(call('saveProfile', { name: 'UCI-credit-card', ...reading(first) }), { code: 'usage' });

  const next = exportOf(session, 'april.csv', 30);
  const recognised = await call('previewImport', reading(next));
  assert.equal(recognised.reading!.profile, 'Filiale 7');
  assert.deepEqual([recognised.columns[3]!.role, recognised.columns[3]!.why], ['ignored', 'by profile Filiale 7']);
  const byName = await call('previewImport', reading(next, [], 'Filiale 7'));
  assert.deepEqual(byName.columns, recognised.columns);
  const document = await done('import', call('startImport', importing(next)));
  assert.deepEqual([document.profile, (await call('portfolio', {})).open!.features.length], ['Filiale 7', 1]);

  assert.deepEqual((await call('deleteProfile', { name: 'Filiale 7' })).profiles, shipped);
  await assert.rejects(call('deleteProfile', { name: 'uci-credit-card' }), { code: 'not-found' });
  assert.equal((await call('previewImport', reading(next))).reading!.profile, null);
  const unknown = await call('previewImport', reading(next, [], 'Filiale 7'));
  assert.deepEqual([unknown.reading, unknown.problem!.code], [null, 'usage']);
});

test('a preview is answered while an import runs, and a cancelled one leaves nothing', async (t) => {
  const session = windowlessSession(t);
  const { call, done, folder } = session;
  await session.create('Retail');
  const long = join(folder, 'long.csv');
  const lines = ['customer_id,day,x'];
  for (let i = 0; i < 200_000; i++) lines.push(`C${i % 500},${Math.floor(i / 500)},${i}`);
  writeFileSync(long, lines.join('\n'));
  const running = done('import', call('startImport', importing(long, { dryRun: true })));
  const preview = await call('previewImport', reading(long));
  assert.equal(preview.columns.length, 3);
  const [job] = (await call('jobs', {})).jobs;
  assert.equal(job!.title, 'Checking long.csv');
  await call('cancelJob', { jobId: job!.jobId });
  await assert.rejects(running, { code: 'cancelled' });
  assert.deepEqual((await call('imports', {})).imports, []);
});

test('a survey reads all of a long file, with and without a portfolio', async (t) => {
  const session = windowlessSession(t);
  const { call, done, folder } = session;
  const long = join(folder, 'long.csv');
  const lines = ['customer_id,date,x'];
  for (let i = 0; i < 60_000; i++) lines.push(`C${i},0${1 + (i % 9)}/0${1 + (i % 7)}/2024,${i}`);
  lines.splice(50_000, 0, 'C,31/12/2024,1');
  writeFileSync(long, lines.join('\n'));
  const first = await call('previewImport', reading(long));
  assert.deepEqual([first.provisional, first.toSet], [true, ['dateFormat']]);
  const alone = await done('survey', call('startSurvey', reading(long)));
  assert.deepEqual([alone.provisional, alone.problem, alone.dialect.dateFormat], [false, null, 'dd/MM/yyyy']);
  await session.create('Retail');
  assert.deepEqual(await done('survey', call('startSurvey', reading(long))), alone);
  const { rows } = await done('import', call('startImport', importing(long)));
  assert.deepEqual([rows.accepted, rows.rejected], [60_001, 0]);
});

test('a check may be cut off by quitting unasked, an import may not', async (t) => {
  const session = windowlessSession(t);
  const { call, done } = session;
  const file = exportOf(session, 'march.csv', 40);
  const looksOnly = async (job: Promise<{ jobId: string }>, kind: 'import' | 'survey') => {
    const { jobId } = await job;
    const running = session.running().find((other) => other.jobId === jobId);
    await done(kind, job);
    return running?.looksOnly;
  };
  assert.equal(await looksOnly(call('startSurvey', reading(file)), 'survey'), true);
  await session.create('Retail');
  assert.equal(await looksOnly(call('startImport', importing(file, { dryRun: true })), 'import'), true);
  assert.equal(await looksOnly(call('startImport', importing(file)), 'import'), false);
});
