import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportDocument } from '../../src-main/ipc/documents.ts';
import type { PortfolioDb } from '../../src-main/store/database.ts';
import { importInto } from '../../src-main/store/import-session.ts';
import { openForWriting } from '../../src-main/store/open.ts';
import { createPortfolio } from '../../src-main/store/portfolio.ts';
import { duecastJson } from '../cli/run-duecast.ts';
import { historyFigures, type Expected, type Outcome } from './expected-reading.ts';
import { importPath } from './recording-target.ts';

let portfolios = 0;

/** Works in an empty portfolio of its own in that folder, which is deleted again. */
export async function inPortfolio<T>(folder: string, work: (db: PortfolioDb) => Promise<T>): Promise<T> {
  const empty = join(folder, 'empty.duecast');
  // Copied: making one takes far longer than importing a small file.
  if (!existsSync(empty)) createPortfolio(empty, 'Zoo', 'EUR');
  const path = join(folder, `portfolio-${portfolios++}.duecast`);
  copyFileSync(empty, path);
  const portfolio = openForWriting(path);
  try {
    // What is tried here is not what a power cut leaves.
    portfolio.db.pragma('synchronous = OFF');
    return await work(portfolio.db);
  } finally {
    portfolio.close();
    rmSync(path);
  }
}

export const importTo = (db: PortfolioDb, file: string, settings: string[] = [], dryRun = false) =>
  importInto(db, { dryRun, onConflict: 'keep' }, (target) => importPath(file, target, settings));

/**
 * Imports an export for real: archives through the command line, since they may hold several files; histories and
 * outcomes into an empty portfolio that is looked into; ledgers into `shared`, and taken back.
 */
export async function outcomeOf(
  folder: string,
  shared: PortfolioDb,
  file: string,
  { kind, settings }: Expected,
): Promise<Outcome> {
  try {
    if (/\.(zip|gz)$/.test(file)) return await fromCommandLine(folder, file, settings);
    if (kind === 'ledger' || kind === undefined) {
      return { document: await importTo(shared, file, settings, true), figures: null };
    }
    return await inPortfolio(folder, async (db) => {
      const document = await importTo(db, file, settings);
      return { document, figures: historyFigures(db) };
    });
  } catch (error) {
    return { error };
  }
}

/** As a terminal does it; the exit code must be what the document says. */
export async function fromCommandLine(folder: string, file: string, settings: string[] = []): Promise<Outcome> {
  type Answer = ImportDocument & { files?: ImportDocument[]; error?: { code: string; message: string } };
  const words = ['import', file, '--portfolio', join(folder, 'command-line.duecast'), '--dry-run'];
  for (const setting of settings) words.push('--set', setting);
  const { code, document } = await duecastJson<Answer>(words);
  const answer = document.files?.[0] ?? document;
  if ((answer as Answer).error === undefined) {
    if (code !== 0) throw new Error(`exit ${code} with a document`);
    return { document: answer, figures: null };
  }
  const { error } = answer as Required<Answer>;
  if (error.code === 'data-refused' && code !== 3) throw new Error(`exit ${code} for ${error.code}: ${error.message}`);
  return { error: Object.assign(new CommandLineFailure(error.message), { code: error.code }) };
}

/** What the command line said on its failure: words for the analyst, never a crash. */
class CommandLineFailure extends Error {}
