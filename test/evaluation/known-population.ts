import type { JudgedRows } from '../../src-main/evaluation/bootstrap.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

export interface Sample {
  rows: JudgedRows;
  /** PDs of two models: a sharper one, and one that knows less and is too sure of it. */
  models: [Float32Array, Float32Array];
}

export interface Population {
  /** All rows of a customer carry one flag; else each row has its own outcome. */
  oneFlag: boolean;
  /** Moves the share of events. */
  intercept: number;
  mostRows: number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Draws customers with one to `mostRows` rows. What drives the risk is partly the customer's and partly the row's, and
 * each model sees it through noise that is also partly the customer's, so that rows of a customer go together.
 */
export function drawSample(seed: number, customers: number, { oneFlag, intercept, mostRows }: Population): Sample {
  const random = createRandom(seed);
  const whose: number[] = [];
  const labels: number[] = [];
  const sharp: number[] = [];
  const blunt: number[] = [];
  for (let customer = 0; customer < customers; customer++) {
    const own = random.normal();
    const flag = random.next();
    const [noiseOfSharp, noiseOfBlunt] = [random.normal(), random.normal()];
    const rows = random.integer(1, mostRows);
    for (let row = 0; row < rows; row++) {
      const risk = intercept + own + (oneFlag ? 0 : 0.7 * random.normal());
      const chance = oneFlag ? flag : random.next();
      whose.push(customer);
      labels.push(chance < sigmoid(risk) ? 1 : 0);
      sharp.push(sigmoid(intercept + 0.7 * (risk - intercept) + 0.3 * noiseOfSharp + 0.3 * random.normal()));
      blunt.push(sigmoid(intercept + 0.9 * (risk - intercept) + 0.9 * noiseOfBlunt + 0.6 * random.normal()));
    }
  }
  return {
    rows: { customers: Int32Array.from(whose), labels: Uint8Array.from(labels) },
    models: [Float32Array.from(sharp), Float32Array.from(blunt)],
  };
}
