import { DuecastError } from '../ipc/errors.ts';
import type { Feature, OutcomeKind } from '../sequences/panel.ts';
import type { PortfolioDb } from './database.ts';

export const MAX_HISTORY_FEATURES = 500;

/** Own columns of `history`, other names of a row, and the words that SQLite does not take as a name unquoted. */
const RESERVED = new Set(
  `customer step batch rowid oid _rowid_
  add all alter and as autoincrement between case check collate commit constraint create default deferrable delete
  distinct drop else escape except exists foreign from group having if in index insert intersect into is isnull join
  limit natural not nothing notnull null on or order over primary references returning select set table then to
  transaction union unique update using values when where window with`.split(/\s+/),
);

/**
 * A column name for a feature: letters, digits and underscores, so that it needs no quoting in any SQLite tool; with a
 * number behind it where the name is reserved or taken, upper and lower case counting as equal.
 */
export function columnNameOf(feature: string, taken: ReadonlySet<string>): string {
  const word = feature
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
  const base = word === '' ? 'feature' : /^[\p{L}_]/u.test(word) ? word : `f_${word}`;
  let name = base;
  for (let n = 2; RESERVED.has(name.toLowerCase()) || taken.has(name.toLowerCase()); n++) name = `${base}_${n}`;
  return name;
}

export const quoted = (columnName: string) => `"${columnName.replaceAll('"', '""')}"`;

export interface StoredFeature extends Feature {
  position: number;
  /** Null for a static attribute. */
  columnName: string | null;
}

interface FeatureRow {
  position: number;
  name: string;
  column_name: string | null;
  kind: Feature['kind'];
  fill: Feature['fill'];
  model_input: 0 | 1;
}

/** All features and static attributes, in the portfolio's order. */
export function readFeatures(db: PortfolioDb): StoredFeature[] {
  const rows = db
    .prepare<[], FeatureRow>(
      'SELECT position, name, column_name, kind, fill, model_input FROM features ORDER BY position',
    )
    .all();
  return rows.map(({ position, name, column_name, kind, fill, model_input }) => ({
    position,
    columnName: column_name,
    name,
    kind,
    fill,
    modelInput: model_input === 1,
  }));
}

export const toFeature = ({ name, kind, fill, modelInput }: Feature): Feature => ({ name, kind, fill, modelInput });

/**
 * The stored features of a file's, in its order; missing ones are added. What the portfolio knows of a feature leads.
 * Throws `data-refused` where a name is both a history feature and a static attribute, or at more than 500 columns.
 */
export function addFeatures(db: PortfolioDb, batch: number, wanted: readonly Feature[]): StoredFeature[] {
  const stored = new Map(readFeatures(db).map((feature) => [feature.name, feature]));
  const taken = new Set([...stored.values()].flatMap(({ columnName }) => columnName?.toLowerCase() ?? []));
  const insert = db.prepare(
    `INSERT INTO features (position, name, column_name, kind, fill, model_input, batch)
     VALUES ((SELECT coalesce(max(position) + 1, 0) FROM features), ?, ?, ?, ?, ?, ?) RETURNING position`,
  );
  const named = new Set<string>();
  return wanted.map((feature) => {
    const { name, kind, fill, modelInput } = feature;
    if (named.has(name)) throw refused(`“${name}” stands for two columns of this file.`);
    named.add(name);
    const known = stored.get(name);
    if (known !== undefined) {
      if (known.kind === kind) return known;
      const words = { history: 'changes from step to step', static: 'never changes for a customer' };
      throw refused(`“${name}” ${words[known.kind]} in this portfolio, but ${words[kind]} in this file.`);
    }
    const columnName = kind === 'history' ? columnNameOf(name, taken) : null;
    if (columnName !== null) {
      if (taken.size >= MAX_HISTORY_FEATURES) {
        throw refused(`With this file the portfolio would have more than ${MAX_HISTORY_FEATURES} features.`);
      }
      taken.add(columnName.toLowerCase());
      db.exec(`ALTER TABLE history ADD COLUMN ${quoted(columnName)} REAL`);
    }
    const position = insert.pluck().get(name, columnName, kind, fill, Number(modelInput), batch) as number;
    return { ...toFeature(feature), position, columnName };
  });
}

const refused = (what: string) =>
  new DuecastError('data-refused', `${what} Nothing was imported. Choose the columns anew, or leave that column out.`);

/**
 * Removes features that came with an undone import and that no value uses any more. Each removed column rewrites
 * `history`.
 */
export function removeUnusedFeatures(db: PortfolioDb): void {
  const candidates = db
    .prepare<[], { position: number; column_name: string }>(
      `SELECT f.position, f.column_name FROM features f JOIN import_batches b ON b.id = f.batch
       WHERE f.kind = 'history' AND b.undone_at IS NOT NULL ORDER BY f.position`,
    )
    .all();
  if (candidates.length > 0) {
    const counts = candidates.map(({ column_name }) => `count(${quoted(column_name)})`).join(', ');
    const values = db.prepare<[], number[]>(`SELECT ${counts} FROM history`).raw().get()!;
    candidates.forEach(({ position, column_name }, i) => {
      if (values[i] !== 0) return;
      db.exec(`ALTER TABLE history DROP COLUMN ${quoted(column_name)}`);
      db.prepare('DELETE FROM features WHERE position = ?').run(position);
    });
  }
  db.prepare(
    `DELETE FROM features WHERE kind = 'static' AND batch IN (SELECT id FROM import_batches WHERE undone_at IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM static_attributes s WHERE s.feature = features.position)`,
  ).run();
}

/** `dated` outranks `constant`: a flag without a date then says that there was an event, but not when. */
export function strongerOutcome(a: OutcomeKind, b: OutcomeKind): OutcomeKind {
  const rank: readonly OutcomeKind[] = ['none', 'constant', 'dated'];
  return rank.indexOf(a) >= rank.indexOf(b) ? a : b;
}
