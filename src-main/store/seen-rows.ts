/**
 * Rows of a file that have been looked at but are not its own rows in the store (unchanged, filled, conflicting):
 * which customer and step, and a hash of the values as the file had them. An open-addressing table over typed arrays,
 * 12 bytes a slot, because a file that is imported again has millions of such rows.
 */
export class SeenRows {
  #customers = new Int32Array(1024);
  #steps = new Int32Array(1024);
  #hashes = new Int32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The hash noted for a customer (a positive number) and step, or null. */
  find(customer: number, step: number): number | null {
    const slot = this.#slotOf(customer, step);
    return this.#customers[slot] === 0 ? null : this.#hashes[slot]!;
  }

  add(customer: number, step: number, hash: number): void {
    if (this.#size * 3 > this.#customers.length * 2) this.#grow();
    const slot = this.#slotOf(customer, step);
    if (this.#customers[slot] === 0) this.#size++;
    this.#customers[slot] = customer;
    this.#steps[slot] = step;
    this.#hashes[slot] = hash;
  }

  #slotOf(customer: number, step: number): number {
    const mask = this.#customers.length - 1;
    let slot = mix(Math.imul(customer, 0x9e3779b1) ^ Math.imul(step, 0x85ebca6b)) & mask;
    while (this.#customers[slot] !== 0 && (this.#customers[slot] !== customer || this.#steps[slot] !== step)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const customers = this.#customers;
    const steps = this.#steps;
    const hashes = this.#hashes;
    this.#customers = new Int32Array(customers.length * 2);
    this.#steps = new Int32Array(customers.length * 2);
    this.#hashes = new Int32Array(customers.length * 2);
    for (let i = 0; i < customers.length; i++) {
      if (customers[i] === 0) continue;
      const slot = this.#slotOf(customers[i]!, steps[i]!);
      this.#customers[slot] = customers[i]!;
      this.#steps[slot] = steps[i]!;
      this.#hashes[slot] = hashes[i]!;
    }
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
