import type { Part } from '../ipc/documents.ts';
import { createRandom } from './random.ts';

const SHARES: readonly (readonly [Part, number])[] = [
  ['train', 0.6],
  ['validation', 0.2],
  ['test', 0.2],
];

export interface Assignable {
  part: Part | null;
  event: boolean;
}

/**
 * Puts customers into training, validation and test, 60/20/20, stratified by outcome. Whoever has a part keeps it;
 * newcomers fill each stratum up towards the shares. Repeats from the seed and the order of the customers.
 */
export function drawParts(customers: readonly Assignable[], seed: number): Part[] {
  const parts = customers.map(({ part }) => part);
  const random = createRandom(seed);
  for (const event of [true, false]) {
    const stratum = customers.flatMap((customer, i) => (customer.event === event ? [i] : []));
    const newcomers = stratum.filter((i) => parts[i] === null);
    random.shuffle(newcomers);
    const places = openPlaces(
      stratum.length,
      newcomers.length,
      (part) => stratum.filter((i) => parts[i] === part).length,
    );
    for (const [part, count] of places) for (const i of newcomers.splice(0, count)) parts[i] = part;
  }
  return parts as Part[];
}

/** How many newcomers each part takes, so that the shares come out as near as those already there allow. */
function openPlaces(total: number, newcomers: number, taken: (part: Part) => number): [Part, number][] {
  const wanted = SHARES.map(([part, share]) => ({
    part,
    missing: Math.max(0, share * total - taken(part)),
    places: 0,
  }));
  for (let left = newcomers; left > 0; left--) {
    const neediest = wanted.reduce((a, b) => (b.missing > a.missing ? b : a));
    neediest.places++;
    neediest.missing--;
  }
  return wanted.map(({ part, places }) => [part, places]);
}
