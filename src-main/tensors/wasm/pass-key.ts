/** What the dropout of a training pass is drawn from: 32 bits of the seed and the number of the pass, mixed. */
export function passKey(seed: number, pass: number): number {
  return mix(mix(seed) + pass);
}

/** Murmur3's finaliser, a bijection of 32-bit words. */
function mix(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
