import type Database from 'better-sqlite3';
import type {
  BatchHead,
  BatchResult,
  Difference,
  ImportTarget,
  ImportedRecord,
  PortfolioShape,
  RowFate,
  TransactionDay,
  TransactionFate,
} from '../importing/target.ts';
import type { ConflictDecision, ConflictRule, RejectedRow } from '../ipc/documents.ts';
import { DuecastError } from '../ipc/errors.ts';
import { grouped } from '../ipc/grouped.ts';
import { writeAudit } from './audit.ts';
import { ConflictRules } from './conflict-rules.ts';
import { CustomerNumbers } from './customer-numbers.ts';
import { now, type PortfolioDb } from './database.ts';
import { addFeatures, strongerOutcome } from './feature-columns.ts';
import { HistoryRows, type HistoryFate } from './history-rows.ts';
import { OutcomeRows } from './outcome-rows.ts';
import { earlierFiles } from './imports.ts';
import { portfolioShape } from './portfolio.ts';
import { refuseWithoutRoom } from './room.ts';
import { StaticValues, type StaticFate } from './static-values.ts';
import { refreshDerived, setDerivedAside } from './derived-history.ts';
import { TransactionRows } from './transaction-rows.ts';
import { clearTimelines } from './timelines.ts';

export interface ImportOptions {
  /** Do everything, then take it back: a preview is an import that is not kept. */
  dryRun: boolean;
  onConflict: ConflictRule;
  /** Rows that `onConflict` does not rule, by their lines. */
  decisions?: readonly ConflictDecision[] | undefined;
}

/**
 * Runs an import in one transaction. It is kept when `work` called `finish` and something changed; a throw, a dry run
 * or an import without changes leaves the portfolio as it was. Nothing else may write through `db` meanwhile.
 */
export async function importInto<T>(
  db: PortfolioDb,
  options: ImportOptions,
  work: (target: ImportTarget) => Promise<T>,
): Promise<T> {
  // Every row's customer and batch are made here; looking them up again for each row would take a tenth of the time.
  db.pragma('foreign_keys = OFF');
  try {
    db.exec('BEGIN IMMEDIATE');
    const session = new ImportSession(db, options);
    const result = await work(session);
    db.exec(session.keep ? 'COMMIT' : 'ROLLBACK');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

/** What a begun import writes to. */
interface Begun {
  head: BatchHead;
  batch: number;
  width: number;
  history: HistoryRows;
  statics: StaticValues;
  outcomes: OutcomeRows;
  transactions: TransactionRows;
}

/**
 * One import. The fate of a record is decided as a whole before any of it is written, the gravest of its parts
 * leading: contradicting, different, new or filling, unchanged. With `keep` nothing of a conflicting record is
 * written, not even steps of it that would be new; with `replace` all of it is, and it still counts as conflicting.
 */
class ImportSession implements ImportTarget {
  readonly portfolio: PortfolioShape;
  keep = false;
  difference: Difference | null = null;
  readonly #db: PortfolioDb;
  readonly #dryRun: boolean;
  readonly #rules: ConflictRules;
  #customers: CustomerNumbers;
  readonly #newRejection: Database.Statement;
  #begun: Begun | null = null;
  /** Customers whose derived rows a history file has put aside. */
  #toDerive: number[] = [];
  #changed = false;
  #differences = 0;
  /** Whether the file's steps have been found to agree with the portfolio's. */
  #agreed = false;

  constructor(db: PortfolioDb, { dryRun, onConflict, decisions }: ImportOptions) {
    this.#db = db;
    this.#dryRun = dryRun;
    this.#rules = new ConflictRules(onConflict, decisions);
    this.portfolio = { ...portfolioShape(db), earlier: earlierFiles(db) };
    this.#customers = new CustomerNumbers(db);
    this.#newRejection = db.prepare(
      'INSERT INTO rejected_rows (batch, line, column_name, reason, text) VALUES (?, ?, ?, ?, ?)',
    );
  }

  expect(bytes: number): void {
    refuseWithoutRoom(this.#db.name, bytes);
  }

  /** Nobody else writes meanwhile, by the portfolio's lock. */
  restart(): void {
    this.#db.exec('ROLLBACK; BEGIN IMMEDIATE');
    this.#customers = new CustomerNumbers(this.#db);
    this.#begun = null;
    this.#changed = false;
    this.#agreed = false;
    this.#differences = 0;
    this.#rules.restart();
    this.difference = null;
  }

  begin(head: BatchHead): void {
    if (this.#begun !== null) throw new Error('An import begins once');
    // An outcomes file without dates has no steps that could disagree.
    if (head.kind !== 'outcomes') this.#agree(head);
    const batch = this.#db
      .prepare('INSERT INTO import_batches (file, kind, profile, imported_at) VALUES (?, ?, ?, ?)')
      .run(head.file, head.kind, head.profile, now()).lastInsertRowid as number;
    const features = addFeatures(this.#db, batch, head.features);
    if (head.kind === 'history') this.#toDerive = setDerivedAside(this.#db);
    const columns = features.flatMap(({ columnName }) => columnName ?? []);
    const attributes = features.filter(({ kind }) => kind === 'static').map(({ position }) => position);
    this.#begun = {
      head,
      batch,
      width: columns.length,
      history: new HistoryRows(this.#db, batch, columns),
      statics: new StaticValues(this.#db, batch, attributes),
      outcomes: new OutcomeRows(this.#db, batch),
      transactions: new TransactionRows(this.#db, batch, this.#rules),
    };
  }

  record(record: ImportedRecord): RowFate {
    const { customer, steps, values, statics: attributes, line } = record;
    if (steps.length === 1) return this.step(customer, steps[0]!, values, 0, attributes, line);
    const { statics, head } = this.#started();
    if (steps.length > 0) this.#agree(head);
    const known = this.#customers.get(customer);
    const staticFate = statics.judge(known, attributes);
    if (staticFate === 'contradicting') return 'contradicts';
    return this.#settle(known, record, staticFate, this.#judgeSteps(known, record));
  }

  step(
    externalId: string,
    step: number,
    values: Float64Array,
    offset: number,
    attributes: readonly (string | null)[],
    line?: number,
  ): RowFate {
    const { history, statics, head, width } = this.#started();
    this.#agree(head);
    const known = this.#customers.get(externalId);
    const staticFate = statics.judge(known, attributes);
    if (staticFate === 'contradicting') return 'contradicts';
    if (staticFate !== 'different') {
      const fate = known === undefined ? 'new' : history.judge(known, step, values, offset);
      if (fate === 'new') {
        const customer = known ?? this.#addCustomer(externalId);
        history.add(customer, step, values, offset);
        statics.write(customer, attributes);
        this.#changed = true;
        return 'accepted';
      }
      if (fate === 'unchanged' && staticFate === 'unchanged') {
        history.note(known!, step, values, offset);
        statics.note(known!, attributes);
        return 'unchanged';
      }
    }
    const record: ImportedRecord = {
      customer: externalId,
      ...(line === undefined ? {} : { line }),
      steps: [step],
      values: values.subarray(offset, offset + width),
      statics: attributes,
    };
    return this.#settle(known, record, staticFate, this.#judgeSteps(known, record));
  }

  #settle(
    known: number | undefined,
    record: ImportedRecord,
    staticFate: StaticFate,
    stepFates: HistoryFate[],
  ): RowFate {
    const fate = fateOf(staticFate, stepFates);
    if (fate === 'contradicts') return fate;
    if (fate === 'conflicting') this.#noteDifference(known!, record);
    if (fate === 'conflicting' && !this.#rules.replaces(record.line)) this.#note(known!, record);
    else if (fate !== 'unchanged') this.#write(known ?? this.#addCustomer(record.customer), record, stepFates);
    else if (known !== undefined) this.#note(known, record);
    return fate;
  }

  outcome(customer: string, flag: 0 | 1, eventStep: number | null, line?: number | null): RowFate {
    const { outcomes, head } = this.#started();
    if (eventStep !== null) this.#agree(head);
    const number = this.#customers.get(customer) ?? this.#addCustomer(customer);
    const replaces = this.#rules.replaces(line);
    const fate = outcomes.take(number, flag, flag === 1 ? eventStep : null, replaces);
    if (fate === 'contradicting') return 'contradicts';
    if (fate === 'unchanged') return fate;
    if (fate === 'different') this.difference = { of: { kind: 'outcome' }, ...outcomeWords(flag) };
    if (fate === 'different') this.#rules.note(line);
    if (fate === 'new' || replaces) this.#changed = true;
    return fate === 'new' ? 'accepted' : 'conflicting';
  }

  transactions({ customer, bookingDay, rows }: TransactionDay): TransactionFate[] {
    const { transactions, head } = this.#started();
    this.#agree(head);
    const number = this.#customers.get(customer) ?? this.#addCustomer(customer);
    const fates = transactions.take(number, bookingDay, rows);
    fates.forEach(({ fate }, i) => {
      const { line } = rows[i]!;
      if (fate === 'conflicting') this.#rules.note(line);
      if (fate === 'accepted' || (fate === 'conflicting' && this.#rules.replaces(line))) this.#changed = true;
    });
    return fates;
  }

  reject({ line, column, reason, text }: RejectedRow): void {
    const { batch } = this.#started();
    this.#newRejection.run(batch, line, column, reason, text);
  }

  finish(result: BatchResult): { batchId: string | null; stepsWritten: number } {
    const { head, batch, history, transactions } = this.#started();
    this.#customers.flush();
    history.flush();
    if (!this.#changed) return { batchId: null, stepsWritten: history.written };
    const { rows } = result;
    const dated = this.#agreed ? Number(head.dated) : null;
    const timeStep = this.#agreed ? head.timeStep : null;
    this.#db
      .prepare(
        `UPDATE import_batches SET sha256 = ?, time_step = ?, dated = ?, outcome_kind = ?, rows_read = ?,
           rows_accepted = ?, rows_unchanged = ?, rows_conflicting = ?, rows_rejected = ?, dialect = ?, columns = ?
         WHERE id = ?`,
      )
      .run(
        result.sha256,
        timeStep,
        dated,
        result.outcomeKind,
        rows.read,
        rows.accepted,
        rows.unchanged,
        rows.conflicting,
        rows.rejected,
        JSON.stringify(result.dialect),
        JSON.stringify(result.columns),
        batch,
      );
    this.#db
      .prepare('UPDATE portfolio SET time_step = coalesce(time_step, ?), dated = coalesce(dated, ?), outcome_kind = ?')
      .run(timeStep, dated, strongerOutcome(this.portfolio.outcomeKind, result.outcomeKind));
    const isLedger = head.kind === 'ledger';
    const toDerive = isLedger ? transactions.changed : this.#toDerive;
    const derived =
      isLedger || toDerive.length > 0 ? refreshDerived(this.#db, batch, toDerive) : { customers: 0, steps: 0 };
    clearTimelines(this.#db);
    writeAudit(
      this.#db,
      'import',
      `Import ${batch}, ${head.file}: ${grouped(rows.accepted)} accepted, ${grouped(rows.unchanged)} unchanged, ` +
        `${grouped(rows.conflicting)} conflicting (${this.#rules.words}), ${grouped(rows.rejected)} set aside`,
    );
    this.keep = !this.#dryRun;
    return {
      batchId: this.keep ? String(batch) : null,
      stepsWritten: history.written + (isLedger ? derived.steps : 0),
    };
  }

  #judgeSteps(known: number | undefined, { steps, values }: ImportedRecord): HistoryFate[] {
    const { history, width } = this.#started();
    return steps.map((step, i) => {
      const earlier = steps.indexOf(step);
      if (earlier < i) return history.sameRow(values, earlier * width, i * width) ? 'unchanged' : 'contradicting';
      return known === undefined ? 'new' : history.judge(known, step, values, i * width);
    });
  }

  #write(customer: number, { steps, values, statics: attributes }: ImportedRecord, fates: HistoryFate[]): void {
    const { history, statics, width } = this.#started();
    this.#changed = true;
    for (let i = 0; i < steps.length; i++) {
      if (fates[i] === 'new') {
        history.add(customer, steps[i]!, values, i * width);
      } else if (steps.indexOf(steps[i]!) === i) {
        if (fates[i] !== 'unchanged') history.merge(customer, steps[i]!, values, i * width);
        history.note(customer, steps[i]!, values, i * width);
      }
    }
    statics.write(customer, attributes);
  }

  /** Remembers a record that stays unwritten. */
  #note(customer: number, { steps, values, statics: attributes }: ImportedRecord): void {
    const { history, statics, width } = this.#started();
    for (let i = 0; i < steps.length; i++) {
      if (steps.indexOf(steps[i]!) === i) history.note(customer, steps[i]!, values, i * width);
    }
    statics.note(customer, attributes);
  }

  /** Before anything of the record is written over what is stored. */
  #noteDifference(customer: number, { steps, values, statics: attributes, line }: ImportedRecord): void {
    this.#rules.note(line);
    if (this.#differences++ >= DIFFERENCES_NOTED) return;
    const { history, statics, width } = this.#started();
    const inStatics = statics.difference(customer, attributes);
    this.difference = null;
    if (inStatics !== null) {
      const { attribute, ...texts } = inStatics;
      this.difference = { of: { kind: 'static', attribute }, ...texts };
    }
    for (let step = 0; step < steps.length && this.difference === null; step++) {
      const found = history.difference(customer, steps[step]!, values, step * width);
      if (found === null) continue;
      const { feature, ...texts } = found;
      this.difference = { of: { kind: 'history', step, feature }, ...texts };
    }
  }

  #addCustomer(externalId: string): number {
    return this.#customers.add(externalId, this.#started().batch);
  }

  #started(): Begun {
    if (this.#begun === null) throw new Error('The import has not begun');
    return this.#begun;
  }

  /** Throws `data-refused` where the file's steps are not of the portfolio's kind. */
  #agree({ dated, timeStep, file }: BatchHead): void {
    if (this.#agreed) return;
    const stored = this.portfolio;
    if (stored.dated !== null && stored.dated !== dated) {
      const words = (isDated: boolean) => (isDated ? 'calendar dates' : 'step numbers without dates');
      throw mixes(`${file} has ${words(dated)}, this portfolio has ${words(stored.dated)}.`);
    }
    if (stored.timeStep !== null && stored.timeStep !== timeStep) {
      throw mixes(`${file} is read by ${timeStep}, this portfolio counts by ${stored.timeStep}.`);
    }
    this.#agreed = true;
  }
}

/** The list of an import's conflicts is no longer. */
const DIFFERENCES_NOTED = 1_000;

const outcomeWords = (read: 0 | 1) =>
  read === 1 ? { stored: 'no event', read: 'event' } : { stored: 'event', read: 'no event' };

const mixes = (what: string) =>
  new DuecastError(
    'data-refused',
    `${what} They cannot be mixed; nothing was imported. ` +
      'Import the file into a portfolio of its own, or change how its dates and time step are read.',
  );

function fateOf(statics: StaticFate, steps: readonly HistoryFate[]): RowFate {
  if (steps.includes('contradicting')) return 'contradicts';
  if (statics === 'different' || steps.includes('different')) return 'conflicting';
  if (statics === 'filling' || steps.includes('new') || steps.includes('filling')) return 'accepted';
  return 'unchanged';
}
