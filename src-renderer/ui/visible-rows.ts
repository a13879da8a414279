/** The header counts too. */
const MOST_ROW_ELEMENTS = 60;
const MOST_ROWS = MOST_ROW_ELEMENTS - 1;
const OVERSCAN = 6;

/** No table is taller: more rows than this in view would pass the limit of row elements. */
export const MOST_ROWS_IN_VIEW = MOST_ROWS - 2 * OVERSCAN - 1;

export interface VisibleRows {
  /** Index of the first row that stands in the page. */
  first: number;
  /** One past the last. */
  end: number;
}

/** Which rows of equal height stand in the page: those in view and a few around them. All in pixels. */
export function visibleRows(rows: number, rowHeight: number, scrollTop: number, viewHeight: number): VisibleRows {
  const inView = Math.min(MOST_ROWS_IN_VIEW, Math.ceil(viewHeight / rowHeight) + 1);
  const top = Math.min(Math.max(0, Math.floor(scrollTop / rowHeight)), Math.max(0, rows - inView));
  return { first: Math.max(0, top - OVERSCAN), end: Math.min(rows, top + inView + OVERSCAN) };
}

/** The row that a key leads to, null where it leads nowhere. `from` −1: no row yet. */
export function rowAfterKey(key: string, from: number, rows: number, rowsAPage: number): number | null {
  if (rows === 0) return null;
  const last = rows - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, from + 1);
    case 'ArrowUp':
      return Math.max(0, from - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, from) + rowsAPage);
    case 'PageUp':
      return Math.max(0, from - rowsAPage);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** Where to scroll so that a row stands in view; `scrollTop` itself where it does already. All in pixels. */
export function scrollTopFor(row: number, rowHeight: number, scrollTop: number, bodyHeight: number): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - bodyHeight);
}
