import type { Standing } from '../../src-main/ipc/changes.ts';
import type { CustomerRow, CustomersPage, ListedSince } from '../../src-main/ipc/views.ts';
import { counted, date, dateTime, percent } from '../ui/format.ts';

/** How long somebody has been on the watchlist: “30 days”, in months without days “3 scorings”, “new”. */
export function listedWords({ days, scorings }: ListedSince): string {
  if (scorings === 1) return 'new';
  return days === null || days === 0 ? counted(scorings, 'scoring') : counted(days, 'day');
}

/** “Not scored”, “High”. */
export const standingName = (standing: Standing) => (standing === 'none' ? 'Not scored' : standing);

/** “Critical → Low”, “Stayed at High”. */
export const movedWords = ({ from, to }: { from: Standing; to: Standing }) =>
  from === to ? `Stayed at ${standingName(to)}` : `${standingName(from)} → ${standingName(to)}`;

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
