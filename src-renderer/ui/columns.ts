import type { Snippet } from 'svelte';

/** One column of a table over rows of the type `Row`. */
export interface Column<Row> {
  key: string;
  title: string;
  /** Shown on hovering the title. */
  explanation?: string | undefined;
  /** What the cell says; also what is copied, and read out where `cell` draws. */
  text: (row: Row) => string;
  /** Why the cell says n/a; shown on hover. */
  reason?: ((row: Row) => string | undefined) | undefined;
  /** Draws the cell instead of `text`. */
  cell?: Snippet<[Row]> | undefined;
  /** Figures stand at the end. */
  align?: 'start' | 'center' | 'end' | undefined;
  /** A CSS grid track, such as `120px` or `minmax(120px, 2fr)`; only tables with fixed rows need it. */
  width?: string | undefined;
  /** The table itself sorts by this; null comes last in both directions. */
  sortValue?: ((row: Row) => number | string | null) | undefined;
  /** The owner sorts, on `onsort`. */
  sortable?: boolean | undefined;
  /** The direction of the first click; ascending unless set. */
  firstDirection?: SortDirection | undefined;
}

export type SortDirection = 'ascending' | 'descending';

export interface Sort {
  key: string;
  direction: SortDirection;
}

export const isSortable = <Row>(column: Column<Row>) => column.sortable === true || column.sortValue !== undefined;

/** What a click on a column's title sorts by next. */
export function nextSort<Row>(column: Column<Row>, sort: Sort | null): Sort {
  const first = column.firstDirection ?? 'ascending';
  if (sort?.key !== column.key || sort.direction !== first) return { key: column.key, direction: first };
  return { key: column.key, direction: first === 'ascending' ? 'descending' : 'ascending' };
}

const collator = new Intl.Collator('en', { numeric: true });

/** The rows in the order of `sort`; equal ones keep theirs. The rows as they are where the owner sorts. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | null): readonly Row[] {
  const valueOf = columns.find((column) => column.key === sort?.key)?.sortValue;
  if (sort === null || valueOf === undefined) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const keyed = rows.map((row) => ({ row, value: valueOf(row) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    if (typeof a.value === 'number' && typeof b.value === 'number') return sign * (a.value - b.value);
    return sign * collator.compare(String(a.value), String(b.value));
  });
  return keyed.map(({ row }) => row);
}
