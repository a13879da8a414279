/** What the cells of a whole file look like; plain data. */
export interface Survey {
  /** Evenly drawn records. */
  drawn: string[][];
  /** By column: one cell of every shape that no drawn record has. */
  rare: string[][];
  /** By column: the cells with digits by their shape, with how many there are. */
  shapes: { example: string; count: number }[][];
}
