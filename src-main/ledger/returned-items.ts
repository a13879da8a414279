import type { Behaviour } from '../ipc/ledger.ts';
import type { LedgerLine } from './ledger-line.ts';

/**
 * Debits that came back: for each returned item that is money in, the latest debit of the same amount in the same
 * account among these lines, on its day or before. Such a debit was never paid. Lines of one step, by their days, so
 * that what comes back in a later step changes nothing of an earlier one. [lines]: 1 where a debit came back.
 */
export function debitsThatCameBack(
  lines: readonly LedgerLine[],
  from: number,
  to: number,
  behaviourOf: (place: number) => Behaviour | null,
  cameBack: Uint8Array,
): void {
  for (let back = from; back < to; back++) {
    if (lines[back]!.amountE4 <= 0 || behaviourOf(back) !== 'failed-autodebit') continue;
    const { account, amountE4, bookingDay } = lines[back]!;
    for (let place = to - 1; place >= from; place--) {
      const line = lines[place]!;
      if (line.amountE4 !== -amountE4 || line.bookingDay > bookingDay || line.account !== account) continue;
      if (cameBack[place] === 1 || behaviourOf(place) === 'return-fee') continue;
      cameBack[place] = 1;
      break;
    }
  }
}

/** A fee comes so many days after the returned item that it is for. */
const FEE_DAYS = 10;

/** Tells fees for returned items that are in the ledger from those that are the only sign of one. */
export class ReturnedItems {
  #withoutFee: number[] = [];

  item(day: number): void {
    this.#withoutFee.push(day);
  }

  /** Whether no returned item came before this fee that it could be for. */
  isOnlySign(day: number): boolean {
    this.#withoutFee = this.#withoutFee.filter((item) => day - item <= FEE_DAYS);
    return this.#withoutFee.shift() === undefined;
  }
}
