import type { CustomerRow, CustomersPage } from '../../src-main/ipc/views.ts';
import { counted, date, dateTime, percent } from '../ui/format.ts';

const MS_PER_DAY = 86_400_000;

/** “today”, “12 days”, of an ISO moment until now. */
export function daysSince(iso: string, nowMs = Date.now()): string {
  const days = Math.max(0, Math.floor((nowMs - Date.parse(iso)) / MS_PER_DAY));
  return days === 0 ? 'today' : counted(days, 'day');
}

/** What a sparkline of the last scores shows, for who can't see it. */
export const recentWords = ({ recent }: CustomerRow) =>
  `Last PDs: ${recent.map((pd) => (pd === null ? 'none' : percent(pd))).join(', ')}`;

/** “30 Apr 2026”; in an undated portfolio “day 12”. */
export const asOfWords = (asOf: string, timeStep: string | null) =>
  /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? date(asOf) : `${timeStep ?? 'step'} ${asOf}`;

/** What changes are measured against: “31 Mar 2026”, or, at the same date, “the scoring of 2 Apr 2026, 9:12”. */
export function beforeWords(scoring: CustomersPage['scoring'], timeStep: string | null): string {
  const before = scoring?.before ?? null;
  if (scoring === null || before === null) return '';
  return before.asOf === scoring.asOf
    ? `the scoring of ${dateTime(before.createdAt)}`
    : asOfWords(before.asOf, timeStep);
}
