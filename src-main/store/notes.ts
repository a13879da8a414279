import { DuecastError } from '../ipc/errors.ts';
import { grouped } from '../ipc/grouped.ts';
import type { NoteView } from '../ipc/views.ts';
import { writeAudit } from './audit.ts';
import { inTransaction, now, type PortfolioDb } from './database.ts';
import { requireCustomer } from './read-panel.ts';

interface NoteRow {
  id: number;
  customer: number;
  text: string;
  created_at: string;
  changed_at: string | null;
}

const toView = ({ id, text, created_at, changed_at }: NoteRow): NoteView => ({
  noteId: String(id),
  text,
  createdAt: created_at,
  changedAt: changed_at,
});

/** A customer's notes by its number, newest first. */
export const readNotes = (db: PortfolioDb, customer: number): NoteView[] =>
  db.prepare<[number], NoteRow>('SELECT * FROM notes WHERE customer = ? ORDER BY id DESC').all(customer).map(toView);

/** All notes by their customer's number, newest first. */
export function notesByCustomer(db: PortfolioDb): Map<number, NoteView[]> {
  const notes = new Map<number, NoteView[]>();
  for (const row of db.prepare<[], NoteRow>('SELECT * FROM notes ORDER BY id DESC').iterate()) {
    const known = notes.get(row.customer);
    if (known === undefined) notes.set(row.customer, [toView(row)]);
    else known.push(toView(row));
  }
  return notes;
}

/** Answers with the customer's notes, as all changes do. Throws `not-found`. */
export function addNote(db: PortfolioDb, customer: string, text: string): NoteView[] {
  return inTransaction(db, () => {
    const number = requireCustomer(db, customer);
    db.prepare('INSERT INTO notes (customer, text, created_at) VALUES (?, ?, ?)').run(number, text, now());
    writeAudit(db, 'note', `Added a note to customer “${customer}”`);
    return readNotes(db, number);
  });
}

/** The same note for each of several customers, or for none. Throws `not-found`. */
export function addNotes(db: PortfolioDb, customers: readonly string[], text: string): { customers: number } {
  return inTransaction(db, () => {
    const insert = db.prepare('INSERT INTO notes (customer, text, created_at) VALUES (?, ?, ?)');
    const at = now();
    for (const customer of customers) insert.run(requireCustomer(db, customer), text, at);
    writeAudit(
      db,
      'note',
      `Added a note to ${customers.length === 1 ? 'a customer' : `${grouped(customers.length)} customers`}`,
    );
    return { customers: customers.length };
  });
}

/** Throws `not-found`. */
export function changeNote(db: PortfolioDb, noteId: string, text: string): NoteView[] {
  return inTransaction(db, () => {
    const { id, customer } = noteRow(db, noteId);
    db.prepare('UPDATE notes SET text = ?, changed_at = ? WHERE id = ?').run(text, now(), id);
    writeAudit(db, 'note', `Changed a note of customer “${nameOf(db, customer)}”`);
    return readNotes(db, customer);
  });
}

/** Throws `not-found`. */
export function deleteNote(db: PortfolioDb, noteId: string): NoteView[] {
  return inTransaction(db, () => {
    const { id, customer } = noteRow(db, noteId);
    db.prepare('DELETE FROM notes WHERE id = ?').run(id);
    writeAudit(db, 'note', `Deleted a note of customer “${nameOf(db, customer)}”`);
    return readNotes(db, customer);
  });
}

/** Takes a deletion back: the note as it was, under its number, which is given out only once. Throws `not-found`. */
export function restoreNote(db: PortfolioDb, customer: string, note: NoteView): NoteView[] {
  return inTransaction(db, () => {
    const number = requireCustomer(db, customer);
    const { changes } = db
      .prepare(
        'INSERT INTO notes (id, customer, text, created_at, changed_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(numberOf(note.noteId), number, note.text, note.createdAt, note.changedAt);
    if (changes > 0) writeAudit(db, 'note', `Restored a note of customer “${customer}”`);
    return readNotes(db, number);
  });
}

const numberOf = (noteId: string) => (/^\d{1,15}$/.test(noteId) ? Number(noteId) : -1);

function noteRow(db: PortfolioDb, noteId: string): NoteRow {
  const row = db.prepare<[number], NoteRow>('SELECT * FROM notes WHERE id = ?').get(numberOf(noteId));
  if (row === undefined) {
    throw new DuecastError('not-found', 'This note is no longer there. Open the customer again to see its notes.');
  }
  return row;
}

const nameOf = (db: PortfolioDb, customer: number) =>
  db.prepare<[number], string>('SELECT external_id FROM customers WHERE id = ?').pluck().get(customer)!;
