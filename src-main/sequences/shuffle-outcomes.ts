import type { Part } from '../ipc/documents.ts';
import { PARTS, UNKNOWN_OUTCOME, type Panel } from './panel.ts';
import { createRandom } from './random.ts';

/**
 * The panel with outcomes, and the steps of events with them, dealt anew among the customers of each part whose outcome
 * is known: every part keeps its number of events, and no history has anything to do with its outcome any more.
 * Customers who are one under several ids (`twins`, groups of places in the panel) keep one outcome between them, as
 * they would in truth. Repeats from the seed.
 */
export function shuffleOutcomes(
  panel: Panel,
  parts: readonly (Part | null)[],
  twins: readonly (readonly number[])[],
  seed: number,
): Panel {
  const random = createRandom(seed);
  const outcome = panel.outcome.slice();
  const eventStep = panel.eventStep.slice();
  for (const part of PARTS) {
    const customers = [...panel.customers.keys()].filter(
      (c) => parts[c] === part && panel.outcome[c] !== UNKNOWN_OUTCOME,
    );
    const givers = [...customers];
    random.shuffle(givers);
    customers.forEach((customer, i) => {
      outcome[customer] = panel.outcome[givers[i]];
      eventStep[customer] = panel.eventStep[givers[i]];
    });
  }
  for (const [first, ...others] of twins) {
    if (outcome[first] === UNKNOWN_OUTCOME) continue;
    for (const customer of others) {
      if (outcome[customer] === UNKNOWN_OUTCOME) continue;
      outcome[customer] = outcome[first];
      eventStep[customer] = eventStep[first];
    }
  }
  return { ...panel, outcome, eventStep };
}
