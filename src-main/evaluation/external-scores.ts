import type { Estimate, JudgedPart } from '../ipc/documents.ts';
import { grouped } from '../ipc/grouped.ts';
import type { PredictionRows } from '../processes/store-api.ts';
import { sampleSizes } from './estimates.ts';
import { FEWEST_OF_RARER } from './intervals.ts';
import type { Scores } from './metrics.ts';

/** A score from elsewhere on the rows of a part, as written; NaN where a row has none. */
export interface ExternalScore {
  id: string;
  name: string;
  lowerIsRiskier: boolean;
  isPd: boolean;
  scores: Float64Array;
}

/** What every model is judged on once scores from elsewhere take part. */
export interface RowsWithExternals<Model> {
  rows: PredictionRows;
  models: Model[];
  externals: (ExternalScore & { risk: Float64Array })[];
  /** Those that share too few rows with the others, by name. */
  dropped: string[];
  /** Of the part, and of them judged. */
  windows: { all: number; judged: number };
  /** Customers with an event, likewise. */
  events: { all: number; judged: number };
}

/**
 * Leaves the rows that every score covers, for all models alike. A score that would leave rows of one outcome only, or
 * too few customers for any interval where there were enough, takes no part. `risk`, [rows judged]: rises with risk and
 * lies in 0 to 1: a PD is taken as it is, any other score by its rank, which tells the same order.
 */
export function restrictToCovered<Model extends { scores: Scores }>(
  rows: PredictionRows,
  models: readonly Model[],
  externals: readonly ExternalScore[],
): RowsWithExternals<Model> {
  let covered = [...rows.labels.keys()];
  const all = sampleSizes(rows);
  let sizes = all;
  const least = Math.max(1, Math.min(FEWEST_OF_RARER, all.rarer));
  const taken: ExternalScore[] = [];
  const dropped: string[] = [];
  for (const external of externals) {
    const left = covered.filter((row) => !Number.isNaN(external.scores[row]));
    const leftSizes = sampleSizes(rows, left);
    if (leftSizes.rarer < least) {
      dropped.push(external.name);
      continue;
    }
    covered = left;
    sizes = leftSizes;
    taken.push(external);
  }
  const pick = <T extends Int32Array | Uint8Array | Float32Array | Float64Array>(values: T): T => {
    const picked = new (values.constructor as new (length: number) => T)(covered.length);
    covered.forEach((row, i) => (picked[i] = values[row]));
    return picked;
  };
  return {
    rows: { customers: pick(rows.customers), steps: pick(rows.steps), labels: pick(rows.labels) },
    models: models.map((model) => ({ ...model, scores: pick(model.scores) })),
    externals: taken.map((external) => ({ ...external, risk: riskOf(external, pick(external.scores)) })),
    dropped,
    windows: { all: rows.labels.length, judged: covered.length },
    events: { all: all.events, judged: sizes.events },
  };
}

export function riskOf({ isPd, lowerIsRiskier }: Pick<ExternalScore, 'isPd' | 'lowerIsRiskier'>, scores: Float64Array) {
  if (isPd) return lowerIsRiskier ? scores.map((score) => 1 - score) : scores;
  return percentiles(lowerIsRiskier ? scores.map((score) => -score) : scores);
}

/** The rank of each score among all, ties in the middle, over their number: within 0 to 1. */
function percentiles(scores: Float64Array): Float64Array {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[a] - scores[b]);
  const found = new Float64Array(scores.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && scores[order[end]] === scores[order[start]]) end++;
    for (let i = start; i < end; i++) found[order[i]] = (start + end) / 2 / order.length;
  }
  return found;
}

/** What a score by rank tells too. */
const BY_RANK = new Set(['auc', 'gini', 'ks', 'prAuc', 'hMeasure', 'capture', 'lift', 'recallAtAlertRate']);
const UNKNOWN: Estimate = { value: null, low: null, high: null };

/** Gives scores from elsewhere their names in a judged part, and takes away what can't be said of those that are no PDs. */
export function nameExternals<Model>(
  part: JudgedPart,
  { externals, dropped, windows, events }: RowsWithExternals<Model>,
): JudgedPart {
  const byId = new Map(externals.map((external) => [external.id, external]));
  const isRanked = (id: string) => byId.get(id)?.isPd === false;
  let notes = part.notes;
  for (const { name } of externals) {
    // AUC by step calls models by their kind.
    notes = notes.map((note) => note.replace(/\bexternal (?=\d\.\d\d \()/, `${name} `));
  }
  const lacking = externals.filter(({ scores }) => scores.some(Number.isNaN)).map(({ name }) => name);
  const without = windows.all - windows.judged;
  if (without > 0)
    // First, since it changes every figure.
    notes = [
      `${grouped(without)} of ${grouped(windows.all)} windows ${without === 1 ? 'has' : 'have'} no score from ${lacking.join(' or ')}; ${without === 1 ? 'it is' : 'they are'} left out for all models, so that all are judged on the same rows: ` +
        `${events.judged} of ${events.all} customers with an event ${events.judged === 1 ? 'is' : 'are'} left. Take ${lacking.length === 1 ? 'that score' : 'those scores'} out to judge the models on all.`,
      ...notes,
    ];
  const ranked = externals.filter(({ isPd }) => !isPd).map(({ name }) => name);
  if (ranked.length > 0)
    notes = [
      ...notes,
      `${ranked.join(', ')}: no PD, so only what goes by rank is told. In charts it stands by its rank.`,
    ];
  if (dropped.length > 0)
    notes = [
      ...notes,
      `${dropped.join(', ')}: not compared, since too few customers with or without an event have a score here.`,
    ];
  return {
    ...part,
    restricted: windows.judged < windows.all,
    models: part.models.map((model) => {
      const external = byId.get(model.id);
      if (external === undefined) return model;
      const { name, isPd } = external;
      return { ...model, name, isPd, ...(isPd ? {} : { metrics: byRank(model.metrics), ...withoutFit(model) }) };
    }),
    pairs: part.pairs.map((pair) =>
      isRanked(pair.a) || isRanked(pair.b) ? { ...pair, differences: byRank(pair.differences) } : pair,
    ),
    notes,
  };
}

const withoutFit = (model: object) => ('hosmerLemeshow' in model ? { hosmerLemeshow: null } : {});

function byRank<T extends object>(figures: T): T {
  return Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [name, BY_RANK.has(name) ? (figure as unknown) : UNKNOWN]),
  ) as T;
}
