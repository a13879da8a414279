import type { ScoringChanges, Standing } from '../ipc/changes.ts';
import type { RiskLevel } from '../ipc/documents.ts';
import type { LevelBounds } from '../ipc/views.ts';
import { LEVELS, levelOf } from './levels.ts';

/** One scoring: [customers], in the order of rising customer numbers. */
export interface Scored {
  customers: Int32Array;
  scores: Float32Array;
}

/** A customer by its number; null: not in that scoring. */
export interface Move {
  customer: number;
  from: number | null;
  to: number | null;
}

export interface Moves extends Pick<ScoringChanges, 'transitions' | 'levels' | 'list' | 'meanPd'> {
  both: number;
  appeared: number[];
  gone: number[];
  /** Came onto the watchlist, or left it: the riskiest first, by the PD that put them on it. */
  entered: Move[];
  left: Move[];
  /** The largest first. */
  rises: Move[];
  falls: Move[];
}

export const STANDINGS: readonly Standing[] = [...LEVELS, 'none'];

/**
 * Who moved how between two scorings, by the levels of `bounds` in both: a level that was set anew in between moves
 * nobody. `most`: how many of the largest rises and falls.
 */
export function compareScorings(from: Scored, to: Scored, bounds: LevelBounds, most: number): Moves {
  const pairs = pairUp(from, to);
  const transitions = emptyTransitions();
  const levels = { up: 0, down: 0, same: 0 };
  const list = { before: 0, after: 0, stayed: 0, entered: 0, newlyScored: 0, left: 0, notScored: 0 };
  const entered: Move[] = [];
  const left: Move[] = [];
  const inBoth: (Move & { from: number; to: number })[] = [];
  const standing = (pd: number | null): Standing => (pd === null ? 'none' : levelOf(pd, bounds));

  for (const move of pairs) {
    const [before, after] = [standing(move.from), standing(move.to)];
    transitions[before][after]++;
    const wasListed = move.from !== null && move.from >= bounds.high;
    const isListed = move.to !== null && move.to >= bounds.high;
    if (wasListed) list.before++;
    if (isListed) list.after++;
    if (wasListed && isListed) list.stayed++;
    if (isListed && !wasListed) {
      entered.push(move);
      if (move.from === null) list.newlyScored++;
    }
    if (wasListed && !isListed) {
      left.push(move);
      if (move.to === null) list.notScored++;
    }
    if (move.from === null || move.to === null) continue;
    inBoth.push(move as Move & { from: number; to: number });
    const rank = (level: Standing) => LEVELS.indexOf(level as RiskLevel);
    levels[rank(after) < rank(before) ? 'up' : rank(after) > rank(before) ? 'down' : 'same']++;
  }
  list.entered = entered.length;
  list.left = left.length;
  const changeOf = ({ from: before, to: after }: Move & { from: number; to: number }) => after - before;
  const bySize = [...inBoth].sort((a, b) => changeOf(b) - changeOf(a));
  return {
    both: inBoth.length,
    appeared: pairs.filter((move) => move.from === null).map(({ customer }) => customer),
    gone: pairs.filter((move) => move.to === null).map(({ customer }) => customer),
    transitions,
    levels,
    list,
    entered: entered.sort((a, b) => b.to! - a.to!),
    left: left.sort((a, b) => b.from! - a.from!),
    rises: bySize.slice(0, most).filter((move) => changeOf(move) > 0),
    falls: bySize
      .slice(-most)
      .filter((move) => changeOf(move) < 0)
      .reverse(),
    meanPd: { from: mean(inBoth.map((move) => move.from)), to: mean(inBoth.map((move) => move.to)) },
  };
}

export const mean = (values: ArrayLike<number>): number | null => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return values.length === 0 ? null : sum / values.length;
};

/** Everybody in at least one of the two, in the order of their numbers. */
function pairUp(from: Scored, to: Scored): Move[] {
  const pairs: Move[] = [];
  let [a, b] = [0, 0];
  while (a < from.customers.length || b < to.customers.length) {
    const [earlier, later] = [from.customers[a] ?? Infinity, to.customers[b] ?? Infinity];
    const customer = Math.min(earlier, later);
    pairs.push({
      customer,
      from: earlier === customer ? from.scores[a++] : null,
      to: later === customer ? to.scores[b++] : null,
    });
  }
  return pairs;
}

function emptyTransitions(): ScoringChanges['transitions'] {
  const row = () => Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Record<Standing, number>;
  return Object.fromEntries(STANDINGS.map((standing) => [standing, row()])) as ScoringChanges['transitions'];
}
