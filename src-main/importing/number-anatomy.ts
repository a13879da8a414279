import { isApostrophe, isSpace } from './number-digits.ts';
import { bareNumber } from './number-marks.ts';

type Decimal = '.' | ',';
type Group = Decimal | ' ' | "'" | '_';

/** How one number is written, whatever its format. */
export interface Anatomy {
  /** Signs between groups of digits, '' where none stands there for certain. */
  group: Group | '';
  decimal: Decimal | '';
  /** 1.234 alone: one thousand or one point two; `decimal` has its sign. */
  open: boolean;
}

const WHOLE: Anatomy = { group: '', decimal: '', open: false };

function signOf(code: number): Group | '' {
  if (code === 46) return '.';
  if (code === 44) return ',';
  if (code === 95) return '_';
  if (isApostrophe(code)) return "'";
  return isSpace(code) ? ' ' : '';
}

/** Takes a bare number apart; null where it is none in any format. */
export function anatomyOf(body: string): Anatomy | null {
  const exponent = /[eE][+-]?\d{1,4}$/.exec(body);
  const number = exponent === null ? body : body.slice(0, exponent.index);
  const signs: Group[] = [];
  const runs: number[] = [];
  let run = 0;
  for (let at = 0; at < number.length; at++) {
    const code = number.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      run++;
      continue;
    }
    const sign = signOf(code);
    if (sign === '') return null;
    signs.push(sign);
    runs.push(run);
    run = 0;
  }
  runs.push(run);
  if (signs.length === 0) return run > 0 ? WHOLE : null;

  const first = signs[0]!;
  const last = signs[signs.length - 1]!;
  const isPointed = last === '.' || last === ',';
  if (signs.length === 1 && isPointed) {
    if (runs[0] === 0 && runs[1] === 0) return null;
    const open = runs[1] === 3 && runs[0]! > 0 && runs[0]! <= 3 && !/^0+$/.test(number.slice(0, runs[0])) && !exponent;
    return { group: '', decimal: last, open };
  }
  const hasDecimals = isPointed && last !== first;
  const groups = hasDecimals ? signs.slice(0, -1) : signs;
  if (groups.some((sign) => sign !== first)) return null;
  if (!isGrouped(hasDecimals ? runs.slice(0, -1) : runs)) return null;
  return { group: first, decimal: hasDecimals ? last : '', open: false };
}

/** Groups of three, or of two before the last three digits. */
function isGrouped(runs: readonly number[]): boolean {
  const [head = 0, ...rest] = runs;
  const inner = rest.slice(0, -1);
  if (rest[rest.length - 1] !== 3 || head < 1) return false;
  return (head <= 3 && inner.every((run) => run === 3)) || (head <= 2 && inner.every((run) => run === 2));
}

/** Looks like a number in some format, a currency or what else `bareNumber` takes off beside it; 31.01.2024 does not. */
export function looksNumeric(text: string): boolean {
  const bare = bareNumber(text);
  return bare !== null && !bare.couldBeName && anatomyOf(bare.body) !== null;
}
