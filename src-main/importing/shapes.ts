import { isDigit } from './number-digits.ts';

const ZERO = 48;
const NINE = 57;
/** Numbers and dates are no longer, and have no more letters (September). */
const LONGEST = 40;
const MOST_LETTERS = 12;

/**
 * A number that is the same for cells that decide alike how numbers and dates are written, and hardly ever for others; 0
 * for cells that decide nothing (without digits, or long). Of every run of digits count its length, whether it starts
 * with 0, and whether it, or a part of it, can be a day or a month.
 */
export function shapeOf(cell: string): number {
  const end = cell.length;
  if (end === 0 || end > LONGEST) return 0;
  let hash = 7;
  let digits = 0;
  let letters = 0;
  for (let at = 0; at < end; at++) {
    const code = cell.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      let run = at + 1;
      while (run < end && isDigit(cell.charCodeAt(run))) run++;
      digits += run - at;
      hash = mixed(hash, 1000 + runShape(cell, at, run));
      at = run - 1;
      continue;
    }
    if ((code | 32) >= 97 && (code | 32) <= 122) letters++;
    hash = mixed(hash, code);
  }
  if (digits === 0 || letters > MOST_LETTERS) return 0;
  return hash === 0 ? 1 : hash;
}

const mixed = (hash: number, value: number) => Math.imul(hash ^ value, 0x9e3779b1) ^ (hash >>> 15);

function runShape(cell: string, start: number, end: number): number {
  const length = end - start;
  let shape = length * 2 + Number(cell.charCodeAt(start) === ZERO);
  if (length === 1) return shape * 4 + 1;
  if (length === 2) return shape * 4 + kindOf(cell, start);
  // Without signs between them: yyyyMMdd, ddMMyyyy, yyyyMM, and a time behind.
  for (let at = start; at + 1 < end && at < start + 8; at += 2) shape = shape * 4 + kindOf(cell, at);
  return shape;
}

/** Of two digits: a month or a day, a day, neither. */
function kindOf(cell: string, at: number): number {
  const value = (cell.charCodeAt(at) - ZERO) * 10 + cell.charCodeAt(at + 1) - ZERO;
  return value === 0 || value > 31 ? 3 : value > 12 ? 2 : 1;
}

/** What the cells of a whole file look like; plain data. */
export interface Survey {
  /** Evenly drawn records, at most ROWS. */
  drawn: string[][];
  /** By column: one cell of every shape that no drawn record has. */
  rare: string[][];
  /** By column: the cells with digits by their shape, with how many there are, those without signs up to PLAIN. */
  shapes: { example: string; count: number }[][];
}
