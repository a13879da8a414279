import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAudit } from '../../src-main/store/audit.ts';
import { undoImport } from '../../src-main/store/imports.ts';
import {
  addNote,
  addNotes,
  changeNote,
  deleteNote,
  notesByCustomer,
  readNotes,
  restoreNote,
} from '../../src-main/store/notes.ts';
import { importRows, newPortfolio } from './portfolio-file.ts';

const file = { history: ['x'], records: [{ customer: 'a', steps: [1], values: [[1]] }] };

test('notes are added, changed, deleted and restored, and the log says so without their text', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, file);
  const [first] = addNote(db, 'a', 'called');
  assert.deepEqual([first.noteId, first.text, first.changedAt], ['1', 'called', null]);
  assert.deepEqual(
    addNote(db, 'a', 'paid').map(({ text }) => text),
    ['paid', 'called'],
    'newest first',
  );
  const changed = changeNote(db, '1', 'called twice');
  assert.equal(changed[1].text, 'called twice');
  assert.notEqual(changed[1].changedAt, null);
  assert.deepEqual(
    deleteNote(db, '1').map(({ noteId }) => noteId),
    ['2'],
  );
  assert.throws(() => deleteNote(db, '1'), { code: 'not-found' });
  assert.throws(() => changeNote(db, 'x', 'y'), { code: 'not-found' });
  assert.deepEqual(restoreNote(db, 'a', changed[1]), changed, 'as it was');
  assert.deepEqual(restoreNote(db, 'a', changed[1]), changed, 'once');
  assert.throws(() => addNote(db, 'nobody', 'x'), { code: 'not-found' });
  assert.deepEqual(notesByCustomer(db).get(1), readNotes(db, 1));
  const words = readAudit(db).flatMap(({ action, words: said }) => (action === 'note' ? [said] : []));
  assert.deepEqual(words, [
    'Added a note to customer “a”',
    'Added a note to customer “a”',
    'Changed a note of customer “a”',
    'Deleted a note of customer “a”',
    'Restored a note of customer “a”',
  ]);
});

test('one note for several customers is kept for all of them or for none', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, {
    ...file,
    records: ['a', 'b', 'c'].map((customer) => ({ customer, steps: [1], values: [[1]] })),
  });
  assert.deepEqual(addNotes(db, ['a', 'c'], 'letter sent'), { customers: 2 });
  assert.deepEqual(
    [1, 2, 3].map((customer) => readNotes(db, customer).map(({ text }) => text)),
    [['letter sent'], [], ['letter sent']],
  );
  assert.throws(() => addNotes(db, ['b', 'nobody'], 'x'), { code: 'not-found' });
  assert.deepEqual(readNotes(db, 2), []);
  assert.deepEqual(readAudit(db).at(-1)?.words, 'Added a note to 2 customers');
});

test('a customer with a note stays known when its import is undone', async (t) => {
  const { db } = newPortfolio(t);
  await importRows(db, file);
  addNote(db, 'a', 'called');
  undoImport(db, '1');
  assert.equal(readNotes(db, 1).length, 1);
});
