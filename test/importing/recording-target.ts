import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { importFile } from '../../src-main/importing/import-file.ts';
import type {
  BatchHead,
  BatchResult,
  ImportedRecord,
  ImportTarget,
  PortfolioShape,
  RowFate,
} from '../../src-main/importing/target.ts';
import type { ImportDocument, RejectedRow } from '../../src-main/ipc/documents.ts';

/** A file of that content in a fresh folder that goes with the test. */
export function fileOf(t: TestContext, content: string | Uint8Array, name = 'export.csv'): string {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-import-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export const EMPTY_PORTFOLIO: PortfolioShape = { timeStep: null, dated: null, outcomeKind: 'none', features: [] };

/** Keeps in memory what an import writes, with the fates of one file into an empty portfolio. */
export class RecordingTarget implements ImportTarget {
  readonly portfolio: PortfolioShape;
  readonly difference = null;
  head: BatchHead | null = null;
  result: BatchResult | null = null;
  readonly records: ImportedRecord[] = [];
  readonly outcomes: [string, 0 | 1, number | null][] = [];
  readonly rejected: RejectedRow[] = [];
  readonly #rows = new Map<string, string>();
  readonly #flags = new Map<string, 0 | 1>();

  constructor(portfolio = EMPTY_PORTFOLIO) {
    this.portfolio = portfolio;
  }

  expect(): void {}

  restart(): void {
    this.head = null;
    for (const list of [this.records, this.outcomes, this.rejected]) list.length = 0;
    this.#rows.clear();
    this.#flags.clear();
  }

  begin(head: BatchHead): void {
    this.head = head;
  }

  step(customer: string, step: number, values: Float64Array, offset: number, statics: (string | null)[]): RowFate {
    const width = this.head!.features.filter(({ kind }) => kind === 'history').length;
    return this.record({
      customer,
      steps: [step],
      values: values.slice(offset, offset + width),
      statics: [...statics],
    });
  }

  record(record: ImportedRecord): RowFate {
    const key = `${record.customer}|${record.steps.join()}`;
    const values = record.values.join();
    const known = this.#rows.get(key);
    if (known !== undefined) return known === values ? 'unchanged' : 'contradicts';
    this.#rows.set(key, values);
    this.records.push(record);
    return 'accepted';
  }

  outcome(customer: string, flag: 0 | 1, eventStep: number | null): RowFate {
    const key = `${customer}|${eventStep}`;
    const known = this.#flags.get(key);
    if (known !== undefined) return known === flag ? 'unchanged' : 'contradicts';
    this.#flags.set(key, flag);
    this.outcomes.push([customer, flag, eventStep]);
    return 'accepted';
  }

  reject(row: RejectedRow): void {
    this.rejected.push(row);
  }

  finish(result: BatchResult): { batchId: string | null; stepsWritten: number } {
    this.result = result;
    return { batchId: '1', stepsWritten: this.records.reduce((sum, { steps }) => sum + steps.length, 0) };
  }

  /** Customer, step and values, a row a step. */
  get rows(): [string, number, ...number[]][] {
    return this.records.flatMap(({ customer, steps, values }) => {
      const width = values.length / steps.length;
      return steps.map((step, i): [string, number, ...number[]] => [
        customer,
        step,
        ...values.subarray(i * width, (i + 1) * width),
      ]);
    });
  }
}

export interface Imported {
  target: RecordingTarget;
  document: ImportDocument;
}

/** Imports a file of that content; `settings` are `key=value`. */
export async function importText(
  t: TestContext,
  content: string | Uint8Array,
  settings: string[] = [],
  portfolio = EMPTY_PORTFOLIO,
): Promise<Imported> {
  const target = new RecordingTarget(portfolio);
  const document = await importPath(fileOf(t, content), target, settings);
  return { target, document };
}

export function importPath(
  file: string,
  target: ImportTarget,
  settings: string[] = [],
  profile: string | null = null,
): Promise<ImportDocument> {
  const pairs = settings.map((pair) => {
    const equals = pair.indexOf('=');
    return { key: pair.slice(0, equals), value: pair.slice(equals + 1) };
  });
  const request = { file, profile, settings: pairs, dryRun: false, onConflict: 'keep' as const };
  return importFile(request, target, { signal: new AbortController().signal, progress: () => {} });
}

/** For `assert.rejects` and `assert.throws`: a failure of that code whose message has all of the words. */
export const failure =
  (code: string, ...words: string[]) =>
  (error: unknown): boolean => {
    const { code: found, message } = error as { code?: string; message: string };
    if (found !== code) throw error;
    const missing = words.filter((word) => !message.includes(word));
    if (missing.length > 0) throw new Error(`"${message}" lacks ${missing.join(', ')}`);
    return true;
  };
