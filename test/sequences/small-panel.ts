import { NO_STEP, UNKNOWN_OUTCOME, type Feature, type Panel } from '../../src-main/sequences/panel.ts';
import type { Random } from '../../src-main/sequences/random.ts';

/** A customer of a hand-made panel. */
export interface SmallCustomer {
  /** Rows of the history features' values, or how many rows there are where values do not matter. */
  rows: readonly (readonly number[])[] | number;
  /** 0 by default. */
  firstStep?: number;
  /** Unknown by default. */
  outcome?: 0 | 1;
  event?: number;
  statics?: readonly number[];
}

export const historyFeature = (name: string, fill: Feature['fill'] = 'carry'): Feature => ({
  name,
  kind: 'history',
  fill,
  modelInput: true,
});

export const staticFeature = (name: string): Feature => ({ name, kind: 'static', fill: 'carry', modelInput: true });

/** A daily panel without dates, of one feature, whose outcomes are a constant flag: unless `over` says otherwise. */
export function smallPanel(customers: readonly SmallCustomer[], over: Partial<Panel> = {}): Panel {
  const features = over.features ?? [historyFeature('savings')];
  const firstRow = [0];
  const values: number[] = [];
  for (const { rows } of customers) {
    const count = typeof rows === 'number' ? rows : rows.length;
    for (let i = 0; i < count; i++) values.push(...(typeof rows === 'number' ? features.map(() => i) : rows[i]));
    firstRow.push(firstRow[firstRow.length - 1] + count);
  }
  return {
    timeStep: 'day',
    dated: false,
    outcomeKind: 'constant',
    features,
    staticFeatures: [],
    textAttributes: [],
    customers: customers.map((_, c) => `C${c}`),
    customerIds: Int32Array.from(customers, (_, c) => c + 1),
    values: Float32Array.from(values),
    statics: Float32Array.from(customers.flatMap(({ statics }) => statics ?? [])),
    firstRow: Int32Array.from(firstRow),
    firstStep: Int32Array.from(customers, ({ firstStep }) => firstStep ?? 0),
    outcome: Int8Array.from(customers, ({ outcome }) => outcome ?? UNKNOWN_OUTCOME),
    eventStep: Int32Array.from(customers, ({ event }) => event ?? NO_STEP),
    ...over,
  };
}

/** Customers of random length, start, values and outcome; a fifth of the values is empty. */
export function randomCustomers(random: Random, count: number, width: number): SmallCustomer[] {
  return Array.from({ length: count }, () => {
    const firstStep = random.integer(-3, 6);
    const length = random.integer(1, 30);
    const kind = random.integer(0, 9);
    const value = () => (random.next() < 0.2 ? NaN : Math.round(random.normal() * 100));
    const rows = Array.from({ length }, () => Array.from({ length: width }, value));
    const statics = [value(), value()];
    // Events lie before, within and after the customer's rows, and some have no date.
    if (kind < 4) return { rows, firstStep, statics, outcome: 1, event: firstStep + random.integer(-2, length + 8) };
    if (kind === 4) return { rows, firstStep, statics, outcome: 1 };
    if (kind === 5) return { rows, firstStep, statics };
    return { rows, firstStep, statics, outcome: 0 };
  });
}

export const copyPanel = (panel: Panel): Panel => structuredClone(panel);
