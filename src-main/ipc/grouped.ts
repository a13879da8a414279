/** A whole number as sentences write it: “2,421”. */
export const grouped = (count: number): string => Math.round(count).toLocaleString('en-US');
