/** A report as it is before anyone decides how it looks: sections of blocks. Renderers add no word and no figure. */
export interface Report {
  title: string;
  subtitle: string;
  /** Who, what and when, on the first page. */
  front: Fact[];
  /** ISO 8601, UTC. */
  createdAt: string;
  /** The program that made it, with its version. */
  producer: string;
  /** Empty where nobody was named. */
  author: string;
  sections: Section[];
}

export interface Section {
  /** Unique in the report; an anchor of the HTML. */
  id: string;
  title: string;
  blocks: Block[];
  /** One level deep. */
  parts?: Section[];
}

export interface Fact {
  term: string;
  value: string;
}

export type Block = Paragraph | List | Definitions | Table | Figure | Command;

export interface Paragraph {
  type: 'paragraph';
  text: string;
  /** `verdict`: what the report comes to; `caution`: what must not be overlooked. */
  tone?: 'verdict' | 'caution';
}

export interface List {
  type: 'list';
  items: string[];
}

export interface Definitions {
  type: 'definitions';
  facts: Fact[];
}

export interface Table {
  type: 'table';
  /** Says what is seen. */
  title: string;
  columns: Column[];
  /** One cell a column; the first names its row. */
  rows: string[][];
  note?: string;
}

export interface Column {
  title: string;
  align: 'start' | 'end';
  /** Takes what is left of the width: at most one or two columns of long text. */
  wide?: boolean;
}

export interface Figure {
  type: 'figure';
  /** Says what is seen. */
  title: string;
  /** What the figure says, for those who can't see it. */
  description: string;
  /** A whole <svg>; its colours are classes with those of the light theme as attributes. */
  svg: string;
  /** In the drawing's own units. */
  width: number;
  height: number;
  note?: string;
}

/** Something to type, as it stands. */
export interface Command {
  type: 'command';
  lines: string[];
}

export const paragraph = (text: string, tone?: Paragraph['tone']): Paragraph =>
  tone === undefined ? { type: 'paragraph', text } : { type: 'paragraph', text, tone };

export const list = (items: string[]): List => ({ type: 'list', items });

export const start = (title: string): Column => ({ title, align: 'start' });
export const end = (title: string): Column => ({ title, align: 'end' });
export const wide = (title: string): Column => ({ title, align: 'start', wide: true });
