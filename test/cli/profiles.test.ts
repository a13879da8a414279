import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { duecastJson, runDuecast } from './run-duecast.ts';

interface Profiles {
  name: string;
  replaced?: boolean;
  profiles: { name: string; origin: string }[];
}

test('profiles are listed, exported, imported under a name and removed', async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'duecast-profiles-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  const rows = 'Konto;Tag;Saldo\nK1;01.03.2025;100,5\nK1;13.03.2025;101,5\nK2;01.03.2025;99,25\n';
  writeFileSync(join(cwd, 'march.csv'), rows);
  await duecastJson(['import', 'march.csv', '--portfolio', 'p.duecast'], { cwd });
  const profiles = (...words: string[]) =>
    duecastJson<Profiles>(['profiles', '--portfolio', 'p.duecast', ...words], { cwd });

  const { document: listed } = await profiles();
  assert.ok(listed.profiles.every(({ origin }) => origin === 'shipped'));
  assert.ok(listed.profiles.some(({ name }) => name === 'uci-credit-card'));
  const { document: written } = await profiles('--export', 'uci-credit-card', '--out', 'uci.json');
  assert.deepEqual(written, { name: 'uci-credit-card', file: join(cwd, 'uci.json') });
  const content = JSON.parse(readFileSync(join(cwd, 'uci.json'), 'utf8')) as object;
  writeFileSync(
    join(cwd, 'kern.json'),
    JSON.stringify({
      ...content,
      name: 'Kern',
      header: [['Konto'], ['Tag'], ['Saldo']],
      settings: { customer: 'Konto', date: 'Tag', features: 'Saldo', dateFormat: 'dd.MM.yyyy' },
      periods: null,
    }),
  );

  assert.equal((await profiles('--import', 'uci.json')).code, 1, 'the name of a shipped one');
  const { code, document: taken } = await profiles('--import', 'kern.json');
  assert.deepEqual([code, taken.name, taken.replaced], [0, 'Kern', false]);
  assert.equal((await profiles('--import', 'kern.json')).code, 1, 'a name that is taken');
  assert.equal((await profiles('--import', 'kern.json', '--replace')).document.replaced, true);
  assert.equal((await profiles('--import', 'kern.json', '--as', 'Other')).document.name, 'Other');
  assert.equal((await profiles('--remove', 'Other')).document.profiles.length, listed.profiles.length + 1);
  const again = await duecastJson<{ profile: string }>(['import', 'march.csv', '--portfolio', 'p.duecast'], { cwd });
  assert.equal(again.document.profile, 'Kern');

  for (const words of [
    ['--out', 'x'],
    ['--export', 'Kern'],
    ['--as', 'x'],
    ['--import', 'a', '--remove', 'b'],
  ]) {
    assert.equal((await profiles(...words)).code, 2, words.join(' '));
  }
  const { stdout } = await runDuecast(['profiles', '--portfolio', 'p.duecast'], { cwd });
  assert.match(stdout, /Kern .* saved\n[^]*uci-credit-card .* comes with Duecast/);
});
