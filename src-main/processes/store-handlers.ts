import { existsSync, rmSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { importFile } from '../importing/import-file.ts';
import { expandSources } from '../importing/sources.ts';
import { DuecastError, cancelled } from '../ipc/errors.ts';
import { readAudit } from '../store/audit.ts';
import { saveComparison, storedComparison } from '../store/comparisons.ts';
import { CustomerLists } from '../store/customer-list.ts';
import { readCustomer } from '../store/customer.ts';
import type { PortfolioDb } from '../store/database.ts';
import { learningCurves, listExperiments } from '../store/experiment-list.ts';
import { countTestUse, registerExperiment } from '../store/experiments.ts';
import { deleteExternalScore, listExternalScores, saveExternalScore } from '../store/external-scores.ts';
import { importInto } from '../store/import-session.ts';
import { listImports, undoImport } from '../store/imports.ts';
import { transactionsOf } from '../store/ledger-transactions.ts';
import { listModels, setChampion } from '../store/models.ts';
import { addNote, addNotes, changeNote, deleteNote, restoreNote } from '../store/notes.ts';
import { openForReading, openForWriting, type OpenPortfolio } from '../store/open.ts';
import { assignParts } from '../store/parts.ts';
import { setAlertCosts } from '../store/alert-costs.ts';
import { describePortfolio, setLevelBounds } from '../store/naming.ts';
import { createPortfolio, portfolioInfo, saveCopy } from '../store/portfolio.ts';
import { deleteProfile } from '../store/profiles.ts';
import { writeRejectedRows } from '../store/rejected-file.ts';
import { rulesView } from '../store/rule-sets.ts';
import { saveRules } from '../store/save-rules.ts';
import { listScorings, summaryOf } from '../store/score-history.ts';
import { saveScoring } from '../store/scorings.ts';
import { countScores } from '../store/score-counts.ts';
import { explainSqliteError } from '../store/sqlite-errors.ts';
import { keptTimeline, saveTimelines } from '../store/timelines.ts';
import { refuseIfChanged } from './checked-file.ts';
import { keepHow, keepProfile, knownProfiles, listProfiles, previewImport, surveyImport } from './import-readings.ts';
import { mendRows, viewSetAside } from './mend-rows.ts';
import { exportProfile, importProfile, lookAtProfile } from './profile-files.ts';
import type { Handlers } from './rpc.ts';
import type { PortfolioInfo, StoreApi } from './store-api.ts';

/** The open portfolio: its writer, and a connection that sees only what is committed. */
interface Opened extends OpenPortfolio {
  reader: PortfolioDb;
  lists: CustomerLists;
  /** The file was made by this opening. */
  made: boolean;
}

/**
 * What the store process answers with: one handler for each request. An import gives way to the event loop while its transaction is open, so all
 * that writes waits its turn; what only reads uses a connection of its own and is answered meanwhile.
 */
export function createStoreHandlers(): Handlers<StoreApi> {
  let opened: Opened | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };

  const current = (): Opened => {
    if (opened === null) throw new DuecastError('not-allowed', 'No portfolio is open. Open one first.');
    return opened;
  };

  const explained = async <T>(work: (portfolio: Opened) => T | Promise<T>): Promise<T> => {
    const portfolio = current();
    try {
      return await work(portfolio);
    } catch (error) {
      throw explainSqliteError(error, portfolio.path);
    }
  };

  const read = <T>(work: (portfolio: Opened) => T) => explained(work);

  const write = <T>(work: (portfolio: Opened) => T | Promise<T>): Promise<T> =>
    inTurn(() =>
      explained(async (portfolio) => {
        const result = await work(portfolio);
        shortenLog(portfolio.db);
        return result;
      }),
    );

  return {
    open: ({ path, create }) =>
      inTurn(() => {
        if (opened !== null) {
          throw new DuecastError('not-allowed', `${basename(opened.path)} is open. Close it before opening another.`);
        }
        const portfolio = openPortfolio(path, create);
        opened = portfolio.opened;
        return portfolio.info;
      }),

    describePortfolio: (naming) =>
      write(({ db, path }) => {
        describePortfolio(db, naming);
        return portfolioInfo(db, path);
      }),
    setLevelBounds: (bounds) =>
      write(({ db, path }) => {
        setLevelBounds(db, bounds);
        return portfolioInfo(db, path);
      }),
    setAlertCosts: (costs) => write(({ db }) => setAlertCosts(db, costs)),
    saveCopy: ({ path }) =>
      explained(async ({ reader }) => {
        await saveCopy(reader, path);
        return {};
      }),

    importFile: (request, context) =>
      write(({ db }) =>
        importInto(db, request, async (target) => {
          const profiles = knownProfiles(db);
          const document = await importFile(request, target, context, profiles);
          if (context.signal.aborted) throw cancelled();
          refuseIfChanged(request, document);
          await keepHow(db, request, document, profiles);
          return document;
        }),
      ),
    saveProfile: ({ name, ...request }) => write(({ db }) => keepProfile(db, name, request)),
    deleteProfile: ({ name }) =>
      write(({ db }) => {
        deleteProfile(db, name);
        return listProfiles(db);
      }),
    mendRows: (request, context) => write(({ db }) => mendRows(db, request, context)),
    importProfile: (request) => write(({ db }) => importProfile(db, request)),
    undoImport: ({ batchId }) => write(({ db }) => undoImport(db, batchId)),
    assignParts: ({ splitSeed }) => write(({ db }) => assignParts(db, splitSeed)),
    registerExperiment: (experiment) => write(({ db }) => registerExperiment(db, experiment)),
    setChampion: ({ modelId }) => write(({ db }) => setChampion(db, modelId)),
    countTestUse: ({ why }) => write(({ db }) => countTestUse(db, why)),
    saveComparison: ({ document }) => write(({ db }) => saveComparison(db, document)),
    saveExternalScore: (score) => write(({ db }) => saveExternalScore(db, score)),
    deleteExternalScore: ({ id }) => write(({ db }) => deleteExternalScore(db, id)),
    saveScoring: (scoring) => write(({ db }) => saveScoring(db, scoring)),
    saveTimelines: ({ timelines, dataMark }) =>
      write(({ db }) => {
        saveTimelines(db, timelines, dataMark);
        return {};
      }),
    saveLedgerRules: ({ draft }, context) => write(({ db }) => saveRules(db, draft, context)),
    addNote: ({ customer, text }) => write(({ db }) => ({ notes: addNote(db, customer, text) })),
    addNotes: ({ customers, text }) => write(({ db }) => addNotes(db, customers, text)),
    changeNote: ({ noteId, text }) => write(({ db }) => ({ notes: changeNote(db, noteId, text) })),
    deleteNote: ({ noteId }) => write(({ db }) => ({ notes: deleteNote(db, noteId) })),
    restoreNote: ({ customer, note }) => write(({ db }) => ({ notes: restoreNote(db, customer, note) })),

    expandSources: ({ paths }) => expandSources(paths),
    previewImport: (request) =>
      opened === null ? previewImport(null, request) : explained(({ reader }) => previewImport(reader, request)),
    setAside: ({ batchId }) => read(({ reader }) => viewSetAside(reader, batchId)),
    exportProfile: ({ name, path }) => explained(({ reader }) => exportProfile(reader, name, path)),
    lookAtProfile: ({ path }) => explained(({ reader }) => lookAtProfile(reader, path)),
    surveyImport: (request, context) =>
      opened === null
        ? surveyImport(null, request, context)
        : explained(({ reader }) => surveyImport(reader, request, context)),
    profiles: () => explained(({ reader }) => listProfiles(reader)),
    exportRejected: ({ batchId, path }) => explained(({ reader }) => writeRejectedRows(reader, batchId, path)),
    imports: () => read(({ reader }) => listImports(reader)),
    comparison: ({ experimentId }) => read(({ reader }) => storedComparison(reader, experimentId)),
    externalScores: ({ experimentId }) => read(({ reader }) => listExternalScores(reader, experimentId)),
    models: () => read(({ reader }) => listModels(reader)),
    experiments: () => read(({ reader }) => listExperiments(reader)),
    learningCurves: ({ experimentId }) => read(({ reader }) => learningCurves(reader, experimentId)),
    auditLog: () => read(({ reader }) => ({ entries: readAudit(reader).reverse() })),
    scorings: () =>
      read(({ reader }) => ({ scorings: listScorings(reader).map((scoring) => summaryOf(reader, scoring)) })),
    scoreCounts: () => read(({ reader }) => ({ scored: countScores(reader) })),
    customers: (request) => read(({ lists }) => lists.page(request)),
    customerIds: (filter) => read(({ lists }) => ({ customers: lists.ids(filter) })),
    customersCsv: ({ filter, chosen }) => read(({ lists }) => lists.csv(filter, chosen)),
    customersText: ({ filter, chosen }) => read(({ lists }) => lists.csv(filter, chosen, '\t')),
    customer: ({ customer }) => read(({ reader, lists }) => readCustomer(reader, lists, customer)),
    keptTimeline: ({ customer, experimentId }) => read(({ reader }) => keptTimeline(reader, customer, experimentId)),
    ledgerRules: ({ version }) => read(({ reader }) => rulesView(reader, version)),
    ledgerTransactions: ({ customer, step }) => read(({ reader }) => transactionsOf(reader, customer, step)),
    info: () => read(({ reader, path }) => portfolioInfo(reader, path)),

    close: () =>
      inTurn(() => {
        const closing = opened;
        opened = null;
        // A portfolio that was made for an import that kept nothing would only be in the way.
        const unused = closing !== null && closing.made && isUntouched(closing.reader);
        closing?.reader.close();
        closing?.close();
        if (unused) rmSync(closing.path);
        return {};
      }),
  };
}

/** Without waiting for readers. The result is safe in the log: should the disk be full, the next change tries again. */
function shortenLog(db: PortfolioDb): void {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch (error) {
    console.error(error);
  }
}

const isUntouched = (db: PortfolioDb) => readAudit(db).every(({ action }) => action === 'created');

function openPortfolio(path: string, create: boolean): { opened: Opened; info: PortfolioInfo } {
  const made = create && !existsSync(path);
  if (made) {
    const file = resolve(path);
    createPortfolio(file, basename(file, extname(file)), '');
  }
  const portfolio = openForWriting(path);
  let reader: PortfolioDb | null = null;
  try {
    reader = openForReading(portfolio.path);
    const lists = new CustomerLists(reader);
    return { opened: { ...portfolio, reader, lists, made }, info: portfolioInfo(reader, portfolio.path) };
  } catch (error) {
    reader?.close();
    portfolio.close();
    throw explainSqliteError(error, portfolio.path);
  }
}
