import type { RowShape } from './row-shape.ts';

/** A record of the sample from which a table is found. */
export interface SampledRecord {
  line: number;
  /** Empty where quotes are broken. */
  fields: string[];
  text: string;
}

/** Where the rows of a table are among records, and what they have in common. */
export interface TableBody {
  width: number;
  shape: RowShape;
  /** Whether any row has a value in the column. */
  filled: boolean[];
  /** The first record that is a row. */
  first: number;
  /** The last record that is a row for certain. */
  last: number;
  /** Whether any column holds dates, numbers or codes, so that the place of the rows is certain. */
  typed: boolean;
  /** How many of the records are rows. */
  count: number;
  /** How much of a table it is: the higher, the likelier the records were cut rightly. */
  score: number;
}
