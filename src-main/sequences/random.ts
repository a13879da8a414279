/** Anything that can be shuffled in place: an array or a typed array. */
export interface Shufflable<T> {
  readonly length: number;
  [index: number]: T;
}

/** A stream of random numbers that is the same for the same seed on every machine. */
export interface Random {
  /** Uniform in [0, 1), in steps of 2⁻³². */
  next(): number;
  /** A whole number from `low` to `high`, both included; the two are at most 2³² apart. */
  integer(low: number, high: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Fisher–Yates, in place. */
  shuffle<T>(array: Shufflable<T>): void;
}

/** Turns a seed into a series of well-mixed 32-bit words, so that neighbouring seeds give unrelated streams. */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) | 0;
  };
}

/**
 * Chris Doty-Humphrey's sfc32 (PractRand), seeded by splitmix32. Every safe integer is a seed of its own; of a
 * fraction the whole part counts.
 */
export function createRandom(seed: number): Random {
  const whole = Math.trunc(seed);
  const low = splitmix32(whole);
  const high = splitmix32(Math.floor(whole / 0x1_0000_0000));
  let a = low();
  let b = low();
  let c = high();
  let counter = 1;
  let spareNormal = Number.NaN;

  function word(): number {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + out) | 0;
    return out >>> 0;
  }
  // The state's words depend on each other only after some rounds.
  for (let round = 0; round < 15; round++) word();

  const next = () => word() / 0x1_0000_0000;
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    integer,
    normal() {
      if (!Number.isNaN(spareNormal)) {
        const value = spareNormal;
        spareNormal = Number.NaN;
        return value;
      }
      // 1 − next() is never 0, so that its logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const angle = 2 * Math.PI * next();
      spareNormal = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    shuffle<T>(array: Shufflable<T>) {
      for (let i = array.length - 1; i > 0; i--) {
        const j = integer(0, i);
        const held = array[i];
        array[i] = array[j];
        array[j] = held;
      }
    },
  };
}
