import { cellsOf, lineOf, mendableNames } from '../importing/mending.ts';
import type { PortfolioDb } from './database.ts';
import { keptReading, setAsideRows, type SetAsideRecord } from './set-aside.ts';
import { writeWholeFile } from './whole-file.ts';

const ROWS_A_TURN = 2_000;

/**
 * Writes the rows that an import set aside and that are still open, in the file's order, and answers how many there are:
 * its columns in its own dialect, then line and reason, so that it can be mended and imported. UTF-8 with a mark, by
 * which spreadsheets know it; an existing file is replaced, once all is written. Throws `not-found`, `file-unreadable`.
 */
export async function writeRejectedRows(db: PortfolioDb, batchId: string, path: string): Promise<{ rows: number }> {
  const { header, toLine } = formOf(db, batchId);
  const take = (after: number) => setAsideRows(db, batchId, after, ROWS_A_TURN);
  let written = 0;
  await writeWholeFile(path, async (file) => {
    await file.write(`\ufeff${header}`);
    for (let rows = take(0); rows.length > 0; rows = take(rows[rows.length - 1]!.id)) {
      await file.write(rows.map(toLine).join(''));
      written += rows.length;
    }
  });
  return { rows: written };
}

/** As a table like the file; where its columns are not known, as a list of lines. */
function formOf(db: PortfolioDb, batchId: string): { header: string; toLine: (row: SetAsideRecord) => string } {
  const { columns, dialect } = keptReading(db, batchId);
  if (columns.length === 0) {
    const plain = { delimiter: ',', quote: '"' };
    return {
      header: lineOf(['line', 'column', 'reason', 'text'], plain),
      toLine: ({ line, column, reason, text }) => lineOf([String(line), column ?? '', reason, text], plain),
    };
  }
  return {
    header: lineOf(mendableNames(columns), dialect),
    toLine: ({ line, column, reason, text }) => {
      const why = column === null ? reason : `${column}: ${reason}`;
      return lineOf([...cellsOf(text, dialect, columns.length), String(line), why], dialect);
    },
  };
}
