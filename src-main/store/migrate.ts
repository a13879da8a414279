import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { DuecastError } from '../ipc/errors.ts';
import { inTransaction, type PortfolioDb } from './database.ts';
import type { Migration } from './migration.ts';
import { portfolio } from './migrations/0001-portfolio.ts';
import { analyst } from './migrations/0002-analyst.ts';
import { transactions } from './migrations/0003-transactions.ts';
import { rules } from './migrations/0004-rules.ts';
import { mending } from './migrations/0005-mending.ts';
import { costs } from './migrations/0006-costs.ts';
import { trainingScores } from './migrations/0007-training-scores.ts';
import { externalScores } from './migrations/0008-external-scores.ts';
import { reasons } from './migrations/0009-reasons.ts';

/** In order: the migration at index i brings a file to `user_version` i + 1. */
export const MIGRATIONS: readonly Migration[] = [
  portfolio,
  analyst,
  transactions,
  rules,
  mending,
  costs,
  trainingScores,
  externalScores,
  reasons,
];

export const versionOf = (db: PortfolioDb): number => db.pragma('user_version', { simple: true }) as number;

/** Throws `portfolio-newer` where a later version of the program wrote the file. */
export function refuseNewer(db: PortfolioDb, path: string, known: number = MIGRATIONS.length): void {
  const version = versionOf(db);
  if (version <= known) return;
  throw new DuecastError(
    'portfolio-newer',
    `${basename(path)} was written by a newer version of Duecast (format ${version}; this one knows up to ${known}). ` +
      'Nothing was changed. Update Duecast to open it.',
  );
}

/**
 * Brings a file up to date, each migration in a transaction of its own. An older file that holds data is first copied
 * to a backup next to it. Returns the backup's path, or null where none was needed. Throws `portfolio-newer`.
 */
export function migrate(db: PortfolioDb, path: string, migrations: readonly Migration[] = MIGRATIONS): string | null {
  refuseNewer(db, path, migrations.length);
  const from = versionOf(db);
  if (from === migrations.length) return null;
  const backup = from === 0 ? null : backUp(db, path, from);
  for (let version = from; version < migrations.length; version++) {
    inTransaction(db, () => {
      db.exec(migrations[version]!.sql);
      db.pragma(`user_version = ${version + 1}`);
    });
  }
  return backup;
}

function backUp(db: PortfolioDb, path: string, version: number): string {
  let backup = `${path}.format-${version}.backup`;
  for (let n = 2; existsSync(backup); n++) backup = `${path}.format-${version}-${n}.backup`;
  db.prepare('VACUUM INTO ?').run(backup);
  return backup;
}
