/** What a feature did to a PD, and what the customer did. */
export interface Reason {
  feature: string;
  /** In PD: above 0 raises it. */
  contribution: number;
  /** e.g. “failed autodebits up from 0.4 to 2.1 a day since 12 Mar 2026”. */
  words: string;
}
