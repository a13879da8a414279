import type { Series, XAxis } from './series.ts';
import { isoOfDay } from './calendar-axis.ts';

/** What a chart shows, as figures: the table behind it and what is copied as CSV. */
export interface ChartTable {
  columns: string[];
  rows: (string | number | null)[][];
}

/** One row for each x that any series has, one column a series, two more where it has an interval. */
export function tableOfSeries(series: readonly Series[], axis: XAxis): ChartTable {
  const rowsByX = new Map<number, (string | number | null)[]>();
  const columns = [axis.label];
  for (const { label, x, y, low, high } of series) {
    const parts = [{ title: label, values: y }];
    if (low && high) parts.push({ title: `${label} (low)`, values: low }, { title: `${label} (high)`, values: high });
    for (const { title, values } of parts) {
      const column = columns.push(title) - 1;
      for (let i = 0; i < x.length; i++) {
        const row = rowsByX.get(x[i]) ?? [];
        rowsByX.set(x[i], row);
        const value = values[i];
        row[column] = value === null || Number.isNaN(value) ? null : value;
      }
    }
  }
  const rows = [...rowsByX].sort(([a], [b]) => a - b);
  return {
    columns,
    rows: rows.map(([x, values]) =>
      columns.map((_, column) => (column === 0 ? (axis.kind === 'date' ? isoOfDay(x) : x) : (values[column] ?? null))),
    ),
  };
}

/** A name of the file's that a spreadsheet would take for a formula gets an apostrophe before it. */
const inert = (value: string | number | null) =>
  typeof value === 'string' && /^[=+\-@\t\r]/.test(value) && !/^[-+]?\d+(?:\.\d+)?$/.test(value)
    ? `'${value}`
    : String(value ?? '');

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180; dates as ISO, numbers in full. */
export const csvOf = ({ columns, rows }: ChartTable) =>
  [columns, ...rows].map((row) => row.map((value) => quoted(inert(value))).join(',')).join('\r\n') + '\r\n';
