const DIGIT_BITS = 11;
const DIGITS = 3;
const BUCKETS = 1 << DIGIT_BITS;
const SIGN = 0x8000_0000;

/**
 * Sorts values without NaN in place, ascending, and returns them: a radix sort over their bits, several times as fast
 * as comparing millions of them. The order of IEEE 754 floats is that of their bits once negative ones are inverted and
 * the others get their sign bit set (Herf, “Radix Tricks”, 2001).
 */
export function sortFloats(values: Float32Array): Float32Array {
  let from = new Uint32Array(values.length);
  let to = new Uint32Array(values.length);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const counts = Array.from({ length: DIGITS }, () => new Uint32Array(BUCKETS));
  for (let i = 0; i < bits.length; i++) {
    const key = bits[i] >= SIGN ? ~bits[i] : bits[i] | SIGN;
    from[i] = key;
    for (let digit = 0; digit < DIGITS; digit++) counts[digit][(key >>> (digit * DIGIT_BITS)) & (BUCKETS - 1)]++;
  }
  for (let digit = 0; digit < DIGITS; digit++) {
    const shift = digit * DIGIT_BITS;
    const next = startsOf(counts[digit]);
    for (const key of from) to[next[(key >>> shift) & (BUCKETS - 1)]++] = key;
    [from, to] = [to, from];
  }
  for (let i = 0; i < bits.length; i++) bits[i] = from[i] >= SIGN ? from[i] ^ SIGN : ~from[i];
  return values;
}

/** Where each bucket begins. */
function startsOf(counts: Uint32Array): Uint32Array {
  const starts = new Uint32Array(BUCKETS);
  for (let bucket = 1; bucket < BUCKETS; bucket++) starts[bucket] = starts[bucket - 1] + counts[bucket - 1];
  return starts;
}
