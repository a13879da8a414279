/** One transaction of a customer. */
export interface LedgerLine {
  /** Empty where the file names none. */
  account: string;
  /** Days since 1970-01-01. */
  bookingDay: number;
  /** Ten-thousandths of the currency's unit, a safe integer; money out is negative. */
  amountE4: number;
  /** After this transaction; null where the file has none. */
  balanceE4: number | null;
  description: string;
}

/** Ten-thousandths in a unit of money. */
export const E4 = 10_000;
