import type { ColumnPlan } from './column-plan.ts';
import { unclear } from './column-plan.ts';
import { dateReader, detectDateFormat, type DateReader } from './dates.ts';
import type { ColumnCells } from './ledger-cells.ts';
import { says, share } from './ledger-words.ts';
import type { ImportSettings } from './settings.ts';
import { dateFormat } from './step-columns.ts';

/** The column by whose days a ledger is booked; null where no column holds dates. */
export function ledgerDateColumn(
  plan: ColumnPlan,
  looks: readonly ColumnCells[],
): { column: number; why: string } | null {
  const named = plan.named('date') ?? plan.named('step');
  // A profile's column gives way where the bank has left it empty.
  const isEmpty = named !== null && plan.isByProfile('date') && plan.cells(named).length === 0;
  if (named !== null && !isEmpty)
    return { column: named, why: plan.whyNamed(plan.named('date') === null ? 'step' : 'date') };
  const free = new Set(plan.free());
  const dates = looks.filter(({ kind, column }) => kind === 'date' && free.has(column));
  if (dates.length === 0) return null;
  const rank = (look: ColumnCells) => rankOf(look.name) + (look.filled < 0.5 ? -3 : 0);
  let best = dates[0]!;
  for (const look of dates) if (rank(look) > rank(best)) best = look;
  if (dates.length === 1) return { column: best.column, why: 'the only column of dates' };
  return { column: best.column, why: says(best.name, 'booking') ? 'when it was booked' : 'by its name' };
}

/** The day of booking leads, then the day it happened, the day it was settled, any other, and the value date. */
function rankOf(name: string): number {
  const isValue = says(name, 'value') && !says(name, 'booking');
  if (isValue) return 1;
  if (says(name, 'booking')) return 5;
  if (says(name, 'happened') || share(name, 'date') >= 0.99) return 4;
  if (says(name, 'completed')) return 3.5;
  return says(name, 'date') ? 3 : 2;
}

/** Whether a column of dates is the value date, beside the day of booking. */
export const isValueDate = (name: string): boolean => says(name, 'value') && !says(name, 'booking');

/**
 * The format of a ledger's dates. Where the booking days alone leave day and month open, the other dates of the file
 * speak too. Errors as `detectDateFormat`; `data-refused` where the column holds no dates.
 */
export function ledgerDateFormat(
  plan: ColumnPlan,
  column: number,
  looks: readonly ColumnCells[],
  settings: ImportSettings,
): { format: string; read: DateReader } {
  const format = decidedFormat(plan, column, looks, settings);
  if (format !== null) return { format, read: dateReader(format) };
  throw unclear(
    `Column "${plan.name(column)}" should say when, but its values (${plan.cells(column)[0] ?? 'all empty'} for one) fit no ` +
      'date format in use',
    'Say the format with dateFormat=, for example dateFormat=dd.MM.yyyy, or name another column with date=NAME.',
  );
}

function decidedFormat(
  plan: ColumnPlan,
  column: number,
  looks: readonly ColumnCells[],
  settings: ImportSettings,
): string | null {
  try {
    return dateFormat(plan, column, settings);
  } catch (error) {
    const others = looks.filter((look) => look.kind === 'date' && look.column !== column);
    for (const other of others) {
      try {
        const found = detectDateFormat(plan.name(column), [...plan.cells(column), ...plan.cells(other.column)]);
        if (found !== null) return found;
      } catch {
        // That column leaves it open too.
      }
    }
    throw error;
  }
}
