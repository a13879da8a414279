import type { ZipEntry } from '../containers/zip-archive.ts';
import { columnOf } from './references.ts';

/** A range of cells that shows the value of its first one; columns and rows from 0 and 1. */
export interface MergedRange {
  column: number;
  firstRow: number;
  lastRow: number;
  /** It is the upper part of a header in two rows: what it says stands in its last row. */
  isHeader: boolean;
}

const MOST_RANGES = 200_000;

/**
 * The merged ranges that reach over several rows. They stand behind a sheet's rows, so they are looked for before the
 * rows are read. Where a range lies beside one that spans columns in its first row, both head a table: “Amount” above
 * “debit” and “credit”, “Date” beside them in both rows.
 */
export async function mergedRanges({ chunks }: ZipEntry): Promise<MergedRange[]> {
  const found: MergedRange[] = [];
  const wideRows = new Set<number>();
  let carried = '';
  for await (const chunk of chunks()) {
    const text = carried + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
    carried = text.slice(-200);
    if (!text.includes('mergeCell ')) continue;
    let end = 0;
    for (const match of text.matchAll(/mergeCell [^>]*ref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"/g)) {
      const [whole, left, top, right, bottom] = match;
      end = match.index + whole.length;
      if (left !== right) wideRows.add(Number(top));
      if (top === bottom || found.length >= MOST_RANGES) continue;
      found.push({ column: columnOf(left!), firstRow: Number(top), lastRow: Number(bottom), isHeader: false });
    }
    carried = text.slice(Math.max(end, text.length - 200));
  }
  for (const range of found) range.isHeader = wideRows.has(range.firstRow);
  return found.sort((a, b) => a.firstRow - b.firstRow);
}
