/** Steps a page; a customer's steps mostly follow each other. */
const PAGE_BITS = 4;
const PAGE = 1 << PAGE_BITS;

/**
 * Rows of a file that have been looked at but are not its own rows in the store (unchanged, filled, conflicting):
 * which customer and step, and a hash of the values as the file had them. Pages of 16 steps of a customer, found by an
 * open-addressing table over typed arrays, because a file that is imported again has millions of such rows: 6 bytes
 * each where steps follow each other.
 */
export class SeenRows {
  /** By slot: the customer, the steps' page, and where its hashes are. */
  #customers = new Int32Array(1024);
  #pages = new Int32Array(1024);
  #places = new Int32Array(1024);
  #usedSlots = 0;
  /** By place: which of its steps were seen, a bit each, and their hashes. */
  #present = new Uint16Array(1024);
  #hashes = new Int32Array(1024 * PAGE);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The hash noted for a customer (a positive number) and step, or null. */
  find(customer: number, step: number): number | null {
    const slot = this.#slotOf(customer, step >> PAGE_BITS);
    if (this.#customers[slot] === 0) return null;
    const place = this.#places[slot]!;
    const within = step & (PAGE - 1);
    return (this.#present[place]! & (1 << within)) === 0 ? null : this.#hashes[place * PAGE + within]!;
  }

  add(customer: number, step: number, hash: number): void {
    const place = this.#placeOf(customer, step >> PAGE_BITS);
    const within = step & (PAGE - 1);
    if ((this.#present[place]! & (1 << within)) === 0) this.#size++;
    this.#present[place]! |= 1 << within;
    this.#hashes[place * PAGE + within] = hash;
  }

  #placeOf(customer: number, page: number): number {
    if (this.#usedSlots * 3 > this.#customers.length * 2) this.#growSlots();
    const slot = this.#slotOf(customer, page);
    if (this.#customers[slot] !== 0) return this.#places[slot]!;
    const place = this.#usedSlots++;
    this.#customers[slot] = customer;
    this.#pages[slot] = page;
    this.#places[slot] = place;
    if (place >= this.#present.length) this.#growPlaces();
    return place;
  }

  #slotOf(customer: number, page: number): number {
    const mask = this.#customers.length - 1;
    let slot = mix(Math.imul(customer, 0x9e3779b1) ^ Math.imul(page, 0x85ebca6b)) & mask;
    while (this.#customers[slot] !== 0 && (this.#customers[slot] !== customer || this.#pages[slot] !== page)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #growSlots(): void {
    const customers = this.#customers;
    const pages = this.#pages;
    const places = this.#places;
    this.#customers = new Int32Array(customers.length * 2);
    this.#pages = new Int32Array(customers.length * 2);
    this.#places = new Int32Array(customers.length * 2);
    for (let i = 0; i < customers.length; i++) {
      if (customers[i] === 0) continue;
      const slot = this.#slotOf(customers[i]!, pages[i]!);
      this.#customers[slot] = customers[i]!;
      this.#pages[slot] = pages[i]!;
      this.#places[slot] = places[i]!;
    }
  }

  /** By half, since these are large. */
  #growPlaces(): void {
    const length = this.#present.length + (this.#present.length >> 1);
    const present = new Uint16Array(length);
    const hashes = new Int32Array(length * PAGE);
    present.set(this.#present);
    hashes.set(this.#hashes);
    this.#present = present;
    this.#hashes = hashes;
  }
}

const number = new Float64Array(1);
const bits = new Int32Array(number.buffer);

/**
 * 32 bits over one row. Equal rows (NaN equal to NaN, −0 to 0) have equal hashes; two different rows look equal once
 * in 4 billion, and then the later one counts as unchanged instead of rejected: it is not stored either way.
 */
export function rowHash(values: Float64Array, offset: number, length: number): number {
  let hash = length;
  for (let i = offset; i < offset + length; i++) {
    const value = values[i]!;
    number[0] = Number.isFinite(value) ? value + 0 : NaN;
    hash = mix(Math.imul(hash, 31) ^ bits[0]!);
    hash = mix(Math.imul(hash, 31) ^ bits[1]!);
  }
  return hash;
}

/** The finalizer of MurmurHash3. */
function mix(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
