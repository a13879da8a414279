/** Rows that are loaded piece by piece. */
export interface RowSource<Row> {
  /** How many there are in all. */
  count: number;
  /** Undefined while a row is not loaded. */
  at(index: number): Row | undefined;
}
