import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Profile } from '../../src-main/importing/profiles.ts';
import { readAudit } from '../../src-main/store/audit.ts';
import { deleteProfile, readProfiles, saveProfile } from '../../src-main/store/profiles.ts';
import { writeRejectedRows } from '../../src-main/store/rejected-file.ts';
import { importRows, newPortfolio, temporaryFolder } from './portfolio-file.ts';

const profile = (name: string, title = 'saved from april.csv'): Profile => ({
  name,
  title,
  header: [['Kunde'], ['Datum'], ['Saldo']],
  settings: { customer: 'Kunde', date: 'Datum', features: 'Saldo' },
  periods: null,
});

test('profiles are kept, written over and deleted, each time with a note', (t) => {
  const { db } = newPortfolio(t);
  saveProfile(db, profile('Sparbank'));
  saveProfile(db, profile('Another'));
  saveProfile(db, profile('sparbank', 'saved from may.csv'));
  assert.deepEqual(readProfiles(db), [profile('Another'), profile('sparbank', 'saved from may.csv')]);
  db.prepare(`INSERT INTO profiles VALUES ('torn', '{', '2026-01-01')`).run();
  assert.equal(readProfiles(db).length, 2, 'one that can not be read is passed over');
  deleteProfile(db, 'SPARBANK');
  assert.throws(() => deleteProfile(db, 'Sparbank'), { code: 'not-found' });
  const notes = readAudit(db).filter(({ action }) => action === 'profile');
  assert.deepEqual(
    notes.map(({ words }) => words.split(' ')[0]),
    ['Saved', 'Saved', 'Changed', 'Deleted'],
  );
});

test('set-aside rows are written as CSV, all of them and whole', async (t) => {
  const { db } = newPortfolio(t);
  const rejected = Array.from({ length: 4_500 }, (_, i) => ({
    line: i + 2,
    column: i % 2 === 0 ? 'salary, net' : null,
    reason: `"${i}" is not a number`,
    text: `C1;"a\nb";ü${i}`,
  }));
  const { batchId } = await importRows(db, {
    history: ['x'],
    records: [{ customer: 'C1', steps: [1], values: [[1]] }],
    rejected,
  });
  const folder = temporaryFolder(t);
  const path = join(folder, 'set aside.csv');
  assert.deepEqual(await writeRejectedRows(db, batchId!, path), { rows: 4_500 });
  const lines = readFileSync(path, 'utf8').split('\r\n');
  assert.equal(lines.length, 4_502);
  assert.equal(lines[0], '\ufeffline,column,reason,text');
  assert.equal(lines[1], '2,"salary, net","""0"" is not a number","C1;""a\nb"";ü0"');
  assert.equal(lines[4_500], '4501,,"""4499"" is not a number","C1;""a\nb"";ü4499"');
  assert.deepEqual(readdirSync(folder), ['set aside.csv']);

  await assert.rejects(writeRejectedRows(db, '99', path), { code: 'not-found' });
  const nowhere = join(folder, 'missing', 'a.csv');
  await assert.rejects(writeRejectedRows(db, batchId!, nowhere), { code: 'file-unreadable' });
  assert.equal(existsSync(nowhere), false);
});
