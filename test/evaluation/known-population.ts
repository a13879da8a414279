import type { JudgedRows } from '../../src-main/evaluation/bootstrap.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

export interface Sample {
  rows: JudgedRows;
  /** PDs of two models: a sharper one, and another. */
  models: [Float32Array, Float32Array];
}

export interface Population {
  /** All rows of a customer carry one flag; else each row has its own outcome. */
  oneFlag: boolean;
  /** Moves the share of events. */
  intercept: number;
  mostRows: number;
  /** Of the customers' risk, in log-odds: how well a model could tell them apart; 1 where missing. */
  spread?: number;
  /**
   * The other model knows less and is too sure of it (`blunt`, where missing), or is just as good, so that no metric
   * of the two differs in truth.
   */
  other?: 'blunt' | 'equal';
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Draws customers with one to `mostRows` rows. What drives the risk is partly the customer's and partly the row's, and
 * each model sees it through noise that is also partly the customer's, so that rows of a customer go together.
 */
export function drawSample(seed: number, customers: number, population: Population): Sample {
  const { oneFlag, intercept, mostRows, spread = 1, other = 'blunt' } = population;
  const random = createRandom(seed);
  const whose: number[] = [];
  const labels: number[] = [];
  const sharp: number[] = [];
  const second: number[] = [];
  for (let customer = 0; customer < customers; customer++) {
    const own = spread * random.normal();
    const flag = random.next();
    const [noiseOfSharp, noiseOfOther] = [random.normal(), random.normal()];
    const rows = random.integer(1, mostRows);
    for (let row = 0; row < rows; row++) {
      const off = own + (oneFlag ? 0 : 0.7 * spread * random.normal());
      const chance = oneFlag ? flag : random.next();
      const sharpNoise = 0.3 * noiseOfSharp + 0.3 * random.normal();
      const otherNoise = random.normal();
      whose.push(customer);
      labels.push(chance < sigmoid(intercept + off) ? 1 : 0);
      sharp.push(sigmoid(intercept + 0.7 * off + sharpNoise));
      second.push(
        other === 'equal'
          ? sigmoid(intercept + 0.7 * off + 0.3 * noiseOfOther + 0.3 * otherNoise)
          : sigmoid(intercept + 0.9 * off + 0.9 * noiseOfOther + 0.6 * otherNoise),
      );
    }
  }
  return {
    rows: { customers: Int32Array.from(whose), labels: Uint8Array.from(labels) },
    models: [Float32Array.from(sharp), Float32Array.from(second)],
  };
}
