/** So many steps from one date to another show whether rows are sorted. */
const MOVES_ENOUGH = 5;
const MOSTLY = 0.9;
const JUMPY = 0.7;
/** Dates of a history are past; so many days ahead are far, and such a share of them is no typing error. */
const FAR_DAYS = 31;
const FAR_SHARE = 0.2;
const NEAR_DAYS = 3;
const DAYS_A_YEAR = 365;
const RECENT_YEARS = 3;
/** The wrong one of two readings whose years come from other places spans decades. */
const WIDER = 4;

/** What a column's dates look like in one reading, one row after the other. */
export class ReadingOrder {
  readonly #today: number;
  #first = Infinity;
  #last = -Infinity;
  #before: number | null = null;
  #up = 0;
  #down = 0;
  #dates = 0;
  #far = 0;
  #ahead = 0;
  #recent = 0;

  constructor(todayEpochDay: number) {
    this.#today = todayEpochDay;
  }

  /** The next row's date in days since 1970-01-01; null: it has none. */
  add(day: number | null): void {
    if (day === null || day === this.#before) return;
    if (this.#before !== null) {
      if (day > this.#before) this.#up++;
      else this.#down++;
    }
    this.#before = day;
    this.#dates++;
    if (day < this.#first) this.#first = day;
    if (day > this.#last) this.#last = day;
    if (day > this.#today + NEAR_DAYS) this.#ahead++;
    if (day > this.#today + FAR_DAYS) this.#far++;
    if (Math.abs(day - this.#today) < DAYS_A_YEAR * RECENT_YEARS) this.#recent++;
  }

  get spanDays(): number {
    return Math.max(0, this.#last - this.#first);
  }

  /** The share of moves in the more frequent direction. */
  get #steadiness(): number {
    const moves = this.#up + this.#down;
    return moves === 0 ? 0 : Math.max(this.#up, this.#down) / moves;
  }

  /**
   * Whether this reading of the same values is clearly the right one: its rows are sorted and the other's jump about over
   * a longer time; or the other has dates that lie far in the future, and this one none. Where the years come from other
   * places of the text (01.04.26 read from its end), also: it spans a small part of the other's time, or all of its dates
   * are of the last years and few of the other's.
   */
  isClearOver(other: ReadingOrder, yearsDiffer: boolean): boolean {
    const narrower = this.spanDays <= other.spanDays;
    const moves = this.#up + this.#down;
    if (moves >= MOVES_ENOUGH && this.#steadiness >= MOSTLY && other.#steadiness <= JUMPY && narrower) return true;
    if (yearsDiffer && this.#dates > 2 && (this.spanDays + DAYS_A_YEAR) * WIDER < other.spanDays) return true;
    if (this.#ahead === 0 && other.#far >= FAR_SHARE * other.#dates && other.#far > 0) return true;
    return yearsDiffer && this.#ahead === 0 && this.#recent === this.#dates && other.#recent * 2 < other.#dates;
  }
}
