/** A whole number as sentences write it: “2,421”. */
export const grouped = (count: number): string => Math.round(count).toLocaleString('en-US');

/** “1 customer”, “2,000 customers”. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`;

/** “A, B, C and 9 more”: the first few names, of so many. */
export const firstOf = (names: readonly string[], total: number): string =>
  names.join(', ') + (total > names.length ? ` and ${grouped(total - names.length)} more` : '');
