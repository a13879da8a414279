import type { RejectedRow } from '../../src-main/ipc/documents.ts';

/** Set-aside rows as a CSV file with a mark, by which spreadsheets know UTF-8; columns as the store writes them. */
export const rejectedCsv = (rows: readonly RejectedRow[]): string =>
  `\ufeffline,column,reason,text\r\n${rows.map(toLine).join('')}`;

const toLine = ({ line, column, reason, text }: RejectedRow) =>
  `${[String(line), column ?? '', reason, text].map(quoted).join(',')}\r\n`;

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
