import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { DuecastError } from '../ipc/errors.ts';
import type { PortfolioShape } from '../importing/target.ts';
import type { LevelBounds } from '../ipc/views.ts';
import type { PortfolioInfo } from '../processes/store-api.ts';
import { lastDayOfStep } from '../sequences/calendar.ts';
import { writeAudit } from './audit.ts';
import { APPLICATION_ID, connectForWriting, inTransaction, now, type PortfolioDb } from './database.ts';
import { readFeatures, toFeature } from './feature-columns.ts';
import { acquireLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { damaged, explainSqliteError, explaining, readOnly } from './sqlite-errors.ts';

/**
 * Makes an empty portfolio file. It appears under its name only when it is whole. `currency` is ISO 4217, or empty.
 * Throws `file-exists`, `file-missing` (the folder), `portfolio-read-only`, `portfolio-locked`.
 */
export function createPortfolio(path: string, name: string, currency: string): void {
  const target = newFileAt(path);
  const lock = acquireLock(target);
  const unfinished = `${target}.new-${process.pid}`;
  try {
    newFileAt(target);
    explaining(target, () => {
      // In a rollback journal, so that the header is in the file itself and not in a left-over WAL.
      writeFileSync(unfinished, '');
      const db = connectForWriting(unfinished);
      try {
        db.pragma(`application_id = ${APPLICATION_ID}`);
        migrate(db, unfinished);
        inTransaction(db, () => {
          db.prepare('INSERT INTO portfolio (id, name, currency, created_at) VALUES (1, ?, ?, ?)').run(
            name,
            currency,
            now(),
          );
          writeAudit(db, 'created', `Created the portfolio “${name}”`);
        });
      } finally {
        db.close();
      }
    });
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
    lock.release();
  }
}

/** The absolute path for a file that does not exist yet, in a folder that does. */
function newFileAt(path: string): string {
  const target = resolve(path);
  if (existsSync(target)) {
    throw new DuecastError(
      'file-exists',
      `${basename(target)} exists already and was not touched. Choose another name.`,
      target,
    );
  }
  const folder = dirname(target);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new DuecastError('file-missing', `The folder ${folder} does not exist. Make it first, or choose another.`);
  }
  return target;
}

interface PortfolioRow {
  name: string;
  currency: string;
  time_step: PortfolioShape['timeStep'];
  dated: 0 | 1 | null;
  outcome_kind: PortfolioShape['outcomeKind'];
  split_seed: number | null;
  test_uses: number;
  level_critical: number;
  level_high: number;
  level_medium: number;
  is_sample: 0 | 1;
}

function readRow(db: PortfolioDb): PortfolioRow {
  const row = db.prepare<[], PortfolioRow>('SELECT * FROM portfolio').get();
  if (row === undefined) throw damaged(db.name, 'the portfolio table is empty');
  return row;
}

/** What an import, and everything that reads histories, must know. */
export function portfolioShape(db: PortfolioDb): PortfolioShape {
  const { time_step, dated, outcome_kind } = readRow(db);
  return {
    timeStep: time_step,
    dated: dated === null ? null : dated === 1,
    outcomeKind: outcome_kind,
    features: readFeatures(db).map(toFeature),
  };
}

/** The ISO date of a step's last day; null in an undated portfolio. */
export function stepDates(db: PortfolioDb): (step: number) => string | null {
  const { time_step, dated } = readRow(db);
  return (step) => (dated === 1 && time_step !== null ? lastDayOfStep(time_step, step) : null);
}

const boundsOf = ({ level_critical, level_high, level_medium }: PortfolioRow): LevelBounds => ({
  critical: level_critical,
  high: level_high,
  medium: level_medium,
});

/** Least PD of each level of this portfolio. */
export const readLevelBounds = (db: PortfolioDb): LevelBounds => boundsOf(readRow(db));

function countWatched(db: PortfolioDb, { high }: LevelBounds): number | null {
  const scoring = db.prepare<[], number | null>('SELECT max(id) FROM scorings').pluck().get() ?? null;
  if (scoring === null) return null;
  const count = db.prepare<[number, number], number>('SELECT count(*) FROM scores WHERE scoring = ? AND score >= ?');
  return count.pluck().get(scoring, high)!;
}

/** Counts only customers with data: one whose import was undone may stay for the sake of its part or its scores. */
export function portfolioInfo(db: PortfolioDb, path: string): PortfolioInfo {
  return db.transaction(() => {
    const row = readRow(db);
    const levelBounds = boundsOf(row);
    const [customers, events] = db
      .prepare<[], [number, number]>(
        `SELECT (SELECT count(*) FROM customers c
                 WHERE EXISTS (SELECT 1 FROM history WHERE customer = c.id)
                    OR EXISTS (SELECT 1 FROM static_attributes WHERE customer = c.id)
                    OR EXISTS (SELECT 1 FROM outcomes WHERE customer = c.id)
                    OR EXISTS (SELECT 1 FROM transactions WHERE customer = c.id)),
                (SELECT count(DISTINCT customer) FROM outcomes WHERE flag = 1)`,
      )
      .raw()
      .get()!;
    const [historyRows, firstStep, lastStep] = db
      .prepare<[], [number, number | null, number | null]>('SELECT count(*), min(step), max(step) FROM history')
      .raw()
      .get()!;
    return {
      path,
      name: row.name,
      currency: row.currency,
      ...portfolioShape(db),
      customers,
      historyRows,
      firstStep,
      lastStep,
      events,
      splitSeed: row.split_seed,
      testUses: row.test_uses,
      levelBounds,
      isSample: row.is_sample === 1,
      watched: countWatched(db, levelBounds),
      hasTransactions: db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM transactions)').pluck().get() === 1,
    };
  })();
}

/**
 * Writes a consistent copy of an open portfolio, which may be in use meanwhile, into a new file. Throws `file-exists`,
 * `file-missing` (the folder), `portfolio-read-only`.
 */
export async function saveCopy(db: PortfolioDb, path: string): Promise<void> {
  const target = newFileAt(path);
  const unfinished = `${target}.new-${process.pid}`;
  try {
    await db.backup(unfinished);
    newFileAt(target);
    renameSync(unfinished, target);
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw readOnly(target);
    throw explainSqliteError(error, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Reads the whole file: what SQLite finds wrong with it, and rows that refer to nothing. Empty where all is well. */
export function integrityProblems(db: PortfolioDb): string[] {
  const found = db.pragma('integrity_check(100)') as { integrity_check: string }[];
  const orphans = db.pragma('foreign_key_check') as { table: string; parent: string }[];
  return [
    ...found.map(({ integrity_check }) => integrity_check).filter((words) => words !== 'ok'),
    ...orphans.slice(0, 100).map(({ table, parent }) => `a row of ${table} refers to a missing row of ${parent}`),
  ];
}
