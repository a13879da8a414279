import { isCode, isIban, isRuleCell, kindOf } from './cell-kinds.ts';
import { fitsWidth, isOfKind } from './row-shape.ts';
import type { SampledRecord, TableBody } from './table-found.ts';

/** A header reads like names over the columns below it. Its record, by number, or -1 where the table has none. */
export function findHeader(records: readonly SampledRecord[], body: TableBody): number {
  if (!body.typed) return textHeader(records, body);
  if (isPeriodHeader(records, body)) return body.first;
  for (let i = body.first - 1; i >= 0; i--) {
    if (!isNames(namesOver(records[i]!.fields, records, body), body)) continue;
    const above = records[i - 1];
    const twoLines = above !== undefined && above.line + 1 === records[i]!.line && isNames(above.fields, body);
    return twoLines && areUnits(records[i]!.fields, above.fields) ? i - 1 : i;
  }
  return -1;
}

/** The cells of a header over their columns: R writes no name over the numbers of its rows. */
export function namesOver(fields: readonly string[], records: readonly SampledRecord[], body: TableBody): string[] {
  const isOneShort = fields.length === body.width - 1 && fields.every(isFilled);
  return isOneShort && countsItsRows(records, body) ? ['', ...fields] : [...fields];
}

/** Whether the first column counts the rows: 1, 2, 3. */
function countsItsRows(records: readonly SampledRecord[], { first, width }: TableBody): boolean {
  const rows = records.slice(first, first + ROWS_COUNTED).filter(({ fields }) => fields.length === width);
  return rows.length > 2 && rows.every(({ fields }, i) => fields[0]!.trim() === String(i + 1));
}

const ROWS_COUNTED = 20;

const isFilled = (cell: string) => cell.trim() !== '' && !isRuleCell(cell);

/** Less is no table whose last texts could go on unnamed. */
const LEAST_NAMES = 5;

/** As wide as the rows, without the delimiter in which they end, or without names for texts that go on at their end. */
function standsOver(fields: readonly string[], { width, shape }: TableBody): boolean {
  if (fitsWidth(fields, width) || (fields.length === width - 1 && !shape.columns[width - 1]!.key)) return true;
  const fromLastNamed = shape.columns.slice(fields.length - 1);
  return (
    fields.length >= LEAST_NAMES &&
    fields.length < width &&
    isFilled(fields[fields.length - 1]!) &&
    fromLastNamed.every(({ kind }) => kind === 'text')
  );
}

/** Names fill most columns and differ in kind from the values below them. An IBAN names an account, and no column. */
function isNames(fields: readonly string[], body: TableBody): boolean {
  if (!standsOver(fields, body)) return false;
  const { columns } = body.shape;
  const filled = fields.filter(isFilled);
  const used = columns.filter(({ key }) => key).length;
  if (filled.length * 2 < Math.max(used, 2) || filled.some((cell) => cell.length > 200 || isIban(cell))) return false;
  if (new Set(filled.map((cell) => cell.trim().toLowerCase())).size * 2 < filled.length) return false;
  let different = 0;
  let alike = 0;
  columns.forEach(({ kind }, i) => {
    const cell = fields[i];
    if (kind === 'text' || cell === undefined || !isFilled(cell)) return;
    const same = isOfKind(kind, cell, kindOf(cell)) && (kind !== 'code' || /^\d/.test(cell.trim()));
    if (same) alike++;
    else different++;
  });
  const odd =
    alike > 0 &&
    isSequence(fields.filter((cell, i) => /number|integer/.test(columns[i]?.kind ?? '') && kindOf(cell) === 'number'));
  return different > 0 && (alike * 2 < different || odd);
}

/** Years or the numbers of months over columns of numbers: 2019, 2020, 2021. */
function isSequence(cells: readonly string[]): boolean {
  const numbers = cells.map(Number);
  const step = (numbers[1] ?? NaN) - numbers[0]!;
  if (numbers.length < 2 || (step !== 1 && step !== -1)) return false;
  return numbers.every((number, i) => Number.isInteger(number) && (i === 0 || isNext(numbers[i - 1]!, number, step)));
}

/** 202401 follows 202312. */
const isNext = (before: number, after: number, step: number) =>
  after - before === step || (Math.min(before, after) % 100 === 12 && after - before === 89 * step);

/** The first row as a header of periods: a sequence of numbers with names beside it, and no such sequence below. */
function isPeriodHeader(records: readonly SampledRecord[], body: TableBody): boolean {
  const { columns } = body.shape;
  const [top, below] = records.slice(body.first).filter(({ fields }) => fitsWidth(fields, body.width));
  if (top === undefined || below === undefined) return false;
  const above = records[body.first - 1];
  if (above !== undefined && isNames(above.fields, body)) return false;
  const at = columns.map((_, i) => i).filter((i) => kindOf(top.fields[i] ?? '') === 'number');
  const names = columns.map((_, i) => i).filter((i) => kindOf(top.fields[i] ?? '') === 'text');
  const reads = (record: SampledRecord) => at.map((i) => record.fields[i]!);
  return (
    names.length > 0 &&
    at.length > 1 &&
    at.length + names.length === columns.length &&
    isSequence(reads(top)) &&
    !isSequence(reads(below)) &&
    names.every((i) => !isCode(top.fields[i]!) && top.fields[i]!.trim() !== below.fields[i]!.trim())
  );
}

/** A line below the names that says units: EUR, (dd.mm.yyyy), %, mostly less than the names. */
function areUnits(lower: readonly string[], upper: readonly string[]): boolean {
  const filled = lower.filter(isFilled).map((cell) => cell.trim());
  const count = upper.filter(isFilled).length;
  if (filled.length > count) return false;
  const units = filled.filter((cell) =>
    /^[([].*[)\]]$|^[A-Z]{3}$|^[^\p{L}]{1,3}$|^[dmyDMYjJ]{1,4}[./-][dmyDMY]/u.test(cell),
  );
  return units.length * 2 > filled.length || (filled.length < count && new Set(filled).size < filled.length);
}

/** Of a table that is all text: the first record that is mostly filled, unless one of its cells comes again below it. */
function textHeader(records: readonly SampledRecord[], { width, shape }: TableBody): number {
  const wide = records.map((_, i) => i).filter((i) => fitsWidth(records[i]!.fields, width));
  const mostlyFilled = (i: number) => records[i]!.fields.filter(isFilled).length * 2 > width;
  const top = wide.find(mostlyFilled) ?? wide[0];
  if (top === undefined) return -1;
  const below = wide.filter((i) => i > top);
  const comesAgain = (cell: string, column: number) =>
    cell.trim() !== '' && below.some((i) => records[i]!.fields[column]!.trim() === cell.trim());
  const repeated = below.filter((i) => records[i]!.text === records[top]!.text).length;
  if (repeated > 0 && repeated * 20 < below.length) return top;
  const codes = shape.columns.map((_, i) => i).filter((i) => shape.columns[i]!.kind === 'code');
  if (codes.length > 0) return codes.some((i) => !isCode(records[top]!.fields[i]!)) ? top : -1;
  return records[top]!.fields.some(comesAgain) ? -1 : top;
}

/** Names as written, trimmed: "column 3" where there is none, and "Amount (2)" for the second of a name. */
export function namesOf(header: readonly string[], width: number): string[] {
  const names: string[] = [];
  const used = new Set<string>();
  const written = new Set(header.map((cell) => plainName(cell)));
  /** Of names that came before: the number to try next. */
  const next = new Map<string, number>();
  for (let i = 0; i < width; i++) {
    const name = plainName(header[i] ?? '') || `column ${i}`;
    let distinct = name;
    let n = next.get(name) ?? 2;
    for (; used.has(distinct) || (distinct !== name && written.has(distinct)); n++) distinct = `${name} (${n})`;
    next.set(name, n);
    used.add(distinct);
    names.push(distinct);
  }
  return names;
}

const plainName = (cell: string) => cell.trim().replaceAll(/\s+/g, ' ');
