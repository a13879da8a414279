/** One step of the file format. A released one is never edited; a change is a new one at the end. */
export interface Migration {
  /** NNNN-kebab-case, the name of its file. */
  name: string;
  sql: string;
}
