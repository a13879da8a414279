/** What a chart over time shows; colours are names of custom properties. */

export interface Series {
  name: string;
  /** One a label; null where there is none. */
  values: (number | null)[];
  token: string;
  dash?: number[] | undefined;
  width?: number | undefined;
}

/** A faint stripe between two values of the y axis. */
export interface Band {
  from: number;
  to: number;
  token: string;
}

/** A vertical line with its words, at an index of the labels. */
export interface Marker {
  at: number;
  label: string;
}
