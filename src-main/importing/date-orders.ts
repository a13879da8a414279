/** An order in which a date's parts may be read. */
export interface DateOrder {
  /** A format for values of this shape; `padded`: days and months have two digits throughout. */
  format(padded: boolean): string;
  /** Where the year comes from: orders that differ in it differ by decades. */
  yearFrom: string;
  /** Hardly ever written; counts only where the values decide for it. */
  rare: boolean;
}

/** A part of the date: a number, a month's name, or what stands between. */
export type Part = { kind: 'number'; length: number } | { kind: 'name' } | { kind: 'text'; format: string };

/** Builds formats from parts with the letters of each number and name in their order. */
function order(parts: readonly Part[], letters: string, rare = false): DateOrder {
  const format = (padded: boolean) => {
    let i = 0;
    return parts
      .map((part) => {
        if (part.kind === 'text') return part.format;
        const letter = letters[i++]!;
        if (part.kind === 'name') return 'MMM';
        if (letter === 'y') return 'y'.repeat(part.length);
        return padded ? letter.repeat(2) : letter;
      })
      .join('');
  };
  return { format, yearFrom: String(letters.indexOf('y')), rare };
}

const run = (format: string, rare = false): DateOrder => ({
  format: () => format,
  yearFrom: String(format.indexOf('y')),
  rare,
});

/** Days without their zero, as spreadsheets leave them in numbers: 1042026. */
const runOfDay = (format: string, rare = false): DateOrder => ({
  ...run(format, rare),
  format: (padded) => (padded ? format : format.replace(/^(\w)\1/, '$1')),
});

/** The orders in which a date of these parts may be read, the usual ones first. */
export function ordersOf(parts: readonly Part[]): DateOrder[] {
  const fields = parts.filter((part) => part.kind !== 'text');
  const text = parts.map((part) => (part.kind === 'text' ? part.format : '')).join('');
  const before = parts.filter((part) => part.kind === 'text' && part.format.startsWith('EEE'));
  const is = (field: Part | undefined, length: number) => field?.kind === 'number' && field.length === length;
  const [a, b, c] = fields;
  const withName = fields.some((field) => field.kind === 'name');

  if (fields.length === 1) {
    if (!is(a, 6) && !is(a, 8) && !is(a, 12) && !is(a, 14) && !is(a, 17)) return [];
    const prefix = before.length > 0 ? text : '';
    return runs((a as { length: number }).length).map((found) => ({
      ...found,
      format: (padded) => prefix + found.format(padded),
    }));
  }
  if (fields.length === 2) {
    if (withName) {
      if (a!.kind === 'name') return is(b, 4) || is(b, 2) ? [order(parts, 'My')] : [];
      return is(a, 4) ? [order(parts, 'yM')] : [];
    }
    if (is(a, 4) && is(b, 2)) return [order(parts, 'yM')];
    return is(a, 2) && is(b, 4) ? [order(parts, 'My')] : [];
  }
  if (fields.length !== 3 || fields.some((field) => field.kind === 'number' && field.length > 4)) return [];
  if (withName) {
    if (a!.kind === 'name') return is(b, 2) && (is(c, 4) || is(c, 2)) ? [order(parts, 'Mdy')] : [];
    if (b!.kind === 'name') {
      if (is(a, 4)) return is(c, 2) ? [order(parts, 'yMd')] : [];
      if (is(c, 4)) return [order(parts, 'dMy')];
      return is(c, 2) ? [order(parts, 'dMy'), order(parts, 'yMd', true)] : [];
    }
    return is(a, 4) && is(b, 2) ? [order(parts, 'ydM', true)] : [];
  }
  if (is(b, 4)) return [];
  if (is(a, 4)) return is(c, 2) ? [order(parts, 'yMd'), order(parts, 'ydM', true)] : [];
  // 12:30:45 is a time, 10 11 12 are three numbers.
  if (text.includes(':') || (/^[ ,]*$/.test(text) && !is(c, 4))) return [];
  const pointed = /^(?:EEE)?[,. ]*\./.test(text);
  const orders = [order(parts, 'dMy'), order(parts, 'Mdy', pointed)];
  return is(c, 4) ? orders : [...orders, order(parts, 'yMd', !text.includes('-'))];
}

function runs(length: number): DateOrder[] {
  switch (length) {
    case 6:
      return [run('yyyyMM'), run('MMyyyy'), run('ddMMyy', true), run('yyMMdd', true), run('MMddyy', true)];
    case 8:
      return [run('yyyyMMdd'), runOfDay('ddMMyyyy'), runOfDay('MMddyyyy')];
    case 12:
      return [run('yyyyMMddHHmm')];
    case 14:
      return [run('yyyyMMddHHmmss')];
    default:
      return [run('yyyyMMddHHmmssSSS')];
  }
}
