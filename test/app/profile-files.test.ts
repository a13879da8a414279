import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { windowlessSession, type WindowlessSession } from './windowless-session.ts';

const reading = (file: string, settings: [string, string][] = []) => ({
  file,
  profile: null,
  settings: settings.map(([key, value]) => ({ key, value })),
});

function write({ folder }: WindowlessSession, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const MARCH = 'Konto;Tag;Saldo\nK1;01.03.2025;100,5\nK1;02.03.2025;101,5\nK2;01.03.2025;99,25\n';

test('a profile goes into a file and from there into another portfolio', async (t) => {
  const session = windowlessSession(t);
  const { call, answers, folder } = session;
  await session.create('First');
  const march = write(session, 'march.csv', MARCH);
  await call('saveProfile', { name: 'Filiale 7', ...reading(march) });
  answers.saveFile = null;
  assert.deepEqual(await call('exportProfile', { name: 'Filiale 7' }), { path: null });
  answers.saveFile = join(folder, 'filiale.json');
  await call('exportProfile', { name: 'Filiale 7' });
  const text = readFileSync(answers.saveFile, 'utf8');
  assert.equal((JSON.parse(text) as { kind: string }).kind, 'duecast import profile');
  assert.ok(!text.includes('K1'), 'nothing of the rows');
  await assert.rejects(call('exportProfile', { name: 'none' }), { code: 'usage' });

  await session.create('Second');
  assert.equal((await call('previewImport', reading(march))).reading!.profile, null);
  answers.openProfile = answers.saveFile;
  const { chosen } = await call('chooseProfileFile', {});
  assert.deepEqual([chosen!.name, chosen!.columns, chosen!.hasHeader, chosen!.taken], ['Filiale 7', 3, true, null]);
  const taken = await call('importProfile', { path: chosen!.path, name: null, replace: false });
  assert.deepEqual([taken.name, taken.replaced, taken.profiles[0]!.origin], ['Filiale 7', false, 'portfolio']);
  assert.equal((await call('previewImport', reading(march))).reading!.profile, 'Filiale 7');

  assert.equal((await call('chooseProfileFile', {})).chosen!.taken, 'portfolio');
  const again = { path: chosen!.path, name: null, replace: false };
  await assert.rejects(call('importProfile', again), { code: 'not-allowed' });
  assert.equal((await call('importProfile', { ...again, replace: true })).replaced, true);
  assert.equal((await call('importProfile', { ...again, name: 'Other' })).name, 'Other');
  await assert.rejects(call('importProfile', { ...again, name: 'uci-credit-card' }), { code: 'not-allowed' });
  answers.openProfile = null;
  assert.deepEqual(await call('chooseProfileFile', {}), { chosen: null });
});

test('a file that holds no profile is refused with the reason', async (t) => {
  const session = windowlessSession(t);
  const { call, answers } = session;
  await session.create('Retail');
  const march = write(session, 'march.csv', MARCH);
  await call('saveProfile', { name: 'Filiale', ...reading(march) });
  answers.saveFile = join(session.folder, 'whole.json');
  await call('exportProfile', { name: 'Filiale' });
  const whole = JSON.parse(readFileSync(answers.saveFile, 'utf8')) as Record<string, unknown>;
  const cases: [string, RegExp][] = [
    ['{', /it is not JSON/],
    ['{"a": 1}', /another kind of file/],
    [JSON.stringify({ ...whole, header: 'x' }), /“header” is missing or wrong/],
    [JSON.stringify({ ...whole, settings: { timeStep: 'year' } }), /timeStep=year is not known/],
    [JSON.stringify({ ...whole, shape: ['text'] }), /“shape” does not fit/],
  ];
  for (const [text, message] of cases) {
    answers.openProfile = write(session, 'torn.json', text);
    await assert.rejects(call('chooseProfileFile', {}), { code: 'data-refused', message });
  }
  answers.openProfile = join(session.folder, 'nowhere.json');
  await assert.rejects(call('chooseProfileFile', {}), { code: 'file-missing' });
});

test('a file without a header is recognised by what its columns hold', async (t) => {
  const session = windowlessSession(t);
  const { call } = session;
  await session.create('Retail');
  const rows = (month: string) =>
    Array.from({ length: 20 }, (_, i) => `K${i % 3};${String(1 + i).padStart(2, '0')}.${month}.2025;${i},5;Nord`);
  const march = write(session, 'march.csv', rows('03').join('\n'));
  const named: [string, string][] = [
    ['customer', '0'],
    ['date', '1'],
    ['features', '2'],
  ];
  await call('saveProfile', { name: 'Kernbank', ...reading(march, named) });
  const april = await call('previewImport', reading(write(session, 'april.csv', rows('04').join('\n'))));
  assert.deepEqual([april.reading?.profile, april.dialect.headerLine], ['Kernbank', 0]);
  assert.deepEqual(
    april.columns.map(({ role }) => role),
    ['customer', 'date', 'feature', 'ignored'],
  );
  const others = [
    rows('04').map((line) => `${line};1`),
    rows('04').map((line) => line.replace(';Nord', ';12')),
    rows('04').map((line) => line.replace(/\d\d\.\d\d\.\d{4}/, 'x')),
    ['Kunde;Tag;Saldo;Filiale', ...rows('04')],
  ];
  for (const lines of others) {
    const other = await call('previewImport', reading(write(session, 'other.csv', lines.join('\n'))));
    assert.equal(other.reading?.profile ?? null, null, lines[0]);
  }
});
