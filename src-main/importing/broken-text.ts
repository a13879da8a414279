import type { Rejection } from './rejections.ts';

/**
 * Why a record can't be taken that holds bytes which the file's encoding does not have, in one of the columns that are
 * kept as text; null where it can. Numbers, dates and flags refuse such cells by themselves.
 */
export function brokenCell(
  cell: (column: number) => string,
  textColumns: readonly number[],
  names: readonly string[],
): Rejection | null {
  for (const column of textColumns) {
    if (!cell(column).includes('\ufffd')) continue;
    return {
      column: names[column]!,
      sort: 'encoding',
      reason: 'the cell holds bytes that the encoding does not have, shown as \ufffd',
    };
  }
  return null;
}
