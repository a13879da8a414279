/** An export laid out as a profile that ships knows it, with invented contents, and what it holds. */
export interface ShippedExport {
  profile: string;
  lines: string[];
  /** Records: accepted, set aside. */
  rows: [number, number];
  sum: string;
  first: [string, string];
  last: [string, string];
  customers?: string[];
}
