import type { ModelKind } from '../ipc/documents.ts';
import type { Reason } from '../ipc/reasons.ts';
import type { CustomerRow, NoteView } from '../ipc/views.ts';
import { describeScore } from './levels.ts';

export interface ExportedCustomer {
  row: CustomerRow;
  /** The customer's last step that was scored, as a date where there are dates; null without a score. */
  asOf: string | null;
  notes: readonly NoteView[];
}

const COLUMNS = [
  'customer_id',
  'as_of',
  'risk_score',
  'risk_level',
  'will_default',
  'confidence',
  'model_type',
  'change',
  'previous_level',
  'on_list_since',
  'days_on_list',
  'seen_in_training',
  'not_scored',
  'notes',
  'top_reasons',
];

/**
 * One line a customer after a header, as RFC 4180 has it; `delimiter` a comma, or a tab for what is pasted. `kind`: the
 * model that scored; null where none did. The time on the watchlist is by the data's own dates, not by when they were
 * scored.
 */
export function customersCsv(customers: readonly ExportedCustomer[], kind: ModelKind | null, delimiter = ','): string {
  const lines = customers.map(({ row, asOf, notes }) => {
    const { customer, pd, riskLevel, change, previousLevel, listed, seenInTraining, reason, topReasons } = row;
    const scored = pd === null || kind === null ? null : describeScore(customer, asOf ?? '', pd, kind, seenInTraining);
    return [
      inert(customer),
      asOf,
      pd,
      riskLevel,
      scored?.will_default,
      scored?.confidence,
      scored?.model_type,
      change,
      previousLevel,
      listed === null ? null : asOfText(listed.asOf),
      listed?.days,
      seenInTraining,
      reason,
      // A date before each, so that no note can begin a formula.
      notes.map(({ createdAt, text }) => `${createdAt.slice(0, 10)}: ${text}`).join('\n'),
      inOneCell(topReasons),
    ];
  });
  return [COLUMNS, ...lines].map((cells) => `${cells.map(quoted).join(delimiter)}\r\n`).join('');
}

/** The words of all reasons; they may begin with the name of a file's column. */
export const inOneCell = (reasons: readonly Reason[] | null) =>
  inert((reasons ?? []).map(({ words }) => words).join('; '));

/** An ISO date as it is; a step by its name. */
const asOfText = (asOf: string) => (/^\d{4}-\d{2}-\d{2}$/.test(asOf) ? asOf : `step ${asOf}`);

const quoted = (value: string | number | boolean | null | undefined) => {
  const text = String(value ?? '');
  return /[",\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const PLAIN_NUMBER = /^[-+]?\d+(?:\.\d+)?$/;

/**
 * A text of the file that a spreadsheet would take for a formula gets an apostrophe before it
 * (https://owasp.org/www-community/attacks/CSV_Injection); a plain number is none.
 */
const inert = (text: string) => (/^[=+\-@\t\r]/.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text);
