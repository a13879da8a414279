/** Signs that programs put before a cell, or around it, so that a spreadsheet takes it as text: ="0012", '0012, `0012. */
export type TextMark = '=' | "'" | '`';

const FORMULA = /^\s*=\s*"([^"]*)"\s*$/;
const QUOTED = /^\s*(?:'([^']*)'?|`([^`]*)`?)\s*$/;

/** The sign that a cell carries, null where it carries none. */
export function markOf(cell: string): TextMark | null {
  if (FORMULA.test(cell)) return '=';
  return QUOTED.test(cell) ? (cell.trim()[0] as TextMark) : null;
}

/** The cell without the sign. */
export function unmarked(cell: string, mark: TextMark): string {
  const found = (mark === '=' ? FORMULA : QUOTED).exec(cell);
  return found?.[1] ?? found?.[2] ?? cell;
}
