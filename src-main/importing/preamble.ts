import { isRuleCell, kindOf } from './cell-kinds.ts';

/** What stands above a table about the whole of it, such as the account's number; both sides trimmed, never empty. */
export interface PreambleEntry {
  name: string;
  value: string;
  /** The physical line that holds the value. */
  line: number;
}

interface PreambleLine {
  line: number;
  fields: readonly string[];
}

const LONGEST_NAME = 60;

/**
 * Names and values from the lines above a table: `Account;123`, `Account: 123`, several pairs on a line, and small
 * tables of one line of names above one line of values. In the file's order; prose gives none.
 */
export function readPreamble(lines: readonly PreambleLine[]): PreambleEntry[] {
  const entries: PreambleEntry[] = [];
  for (let i = 0; i < lines.length; i++) {
    const { line, fields } = lines[i]!;
    const below = lines[i + 1];
    if (below !== undefined && areNamesAbove(fields, below.fields)) {
      fields.forEach((name, column) => add(entries, name, below.fields[column]!, below.line));
      i++;
      continue;
    }
    const cells = cellsOf(fields);
    if (
      below !== undefined &&
      below.line === line + 1 &&
      cells.length === 1 &&
      isHeading(cells[0]!, cellsOf(below.fields))
    ) {
      add(entries, cells[0]!, cellsOf(below.fields).join(' '), below.line);
      i++;
      continue;
    }
    for (let c = 0; c < cells.length; c++) {
      const within = splitPair(cells[c]!);
      if (within !== null) add(entries, within.name, within.value, line);
      else if (c + 1 < cells.length && isName(cells[c]!) && !isOpen(cells[c + 1]!)) {
        add(entries, cells[c]!, cells[c + 1]!, line);
        c++;
      }
    }
  }
  return entries;
}

/** What stands apart on a line, by delimiters or by wide gaps. */
const cellsOf = (fields: readonly string[]) =>
  fields
    .flatMap((cell) => cell.split(/\t|\s{3,}/))
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '' && !isRuleCell(cell));

/** Its value comes behind it, or it is a pair itself. */
const isOpen = (cell: string) => /[:：]$/.test(cell) || splitPair(cell) !== null;

/** A name on a line of its own, its value on the next one. */
const isHeading = (name: string, below: readonly string[]) =>
  isName(name) &&
  splitPair(name) === null &&
  below.length > 0 &&
  below.length < 3 &&
  !below.some((cell) => cell.startsWith('#') || isOpen(cell)) &&
  (/^#|[:：]$/.test(name) || (!/\d/.test(name) && kindOf(below[0]!) !== 'text'));

function add(entries: PreambleEntry[], name: string, value: string, line: number): void {
  const plain = name.replace(/^[#*\s]+/, '').replace(/\s*[:=：]?\s*$/, '');
  const held = value.trim();
  if (plain !== '' && held !== '' && plain.length <= LONGEST_NAME) entries.push({ name: plain, value: held, line });
}

const isName = (cell: string) => kindOf(cell) === 'text' && cell.length <= LONGEST_NAME && /^\P{Nd}*\p{L}/u.test(cell);

/** `Account: 123`, `Account = 123` and `账号：123`; a time of day and an address on the web are no pairs. */
function splitPair(cell: string): { name: string; value: string } | null {
  const [, name, value] = /^([^:=：]{1,60}?)\s*[:=：]\s*(\S.*)$/u.exec(cell.replace(/^[#*\s]+/, '')) ?? [];
  if (name === undefined || value === undefined || value.startsWith('//') || !isName(name)) return null;
  return { name, value };
}

/** Two lines of at least two columns, names over values that are not names themselves. */
function areNamesAbove(names: readonly string[], values: readonly string[]): boolean {
  if (names.length < 2 || names.length !== values.length) return false;
  const filled = [...names.keys()].filter((i) => names[i]!.trim() !== '');
  if (filled.length < 2 || !filled.every((i) => isName(names[i]!) && !/\d|[:：]\s*$/.test(names[i]!))) return false;
  if (values.some((cell, i) => cell.trim() !== '' && !filled.includes(i))) return false;
  const plain = filled.filter((i) => /^\D+$/.test(values[i]!.trim())).length;
  // In a list of pairs the name stands first on every line.
  return /\d/.test(values[filled[0]!]!) && plain * 2 <= filled.length;
}
