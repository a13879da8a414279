import type { ChangeFilter, CustomersFilter } from '../ipc/views.ts';
import { levelOf } from '../scoring/levels.ts';
import type { CustomerSnapshot } from './customer-snapshot.ts';

/** A PD that moved by more than this has gone up or down. */
const NOTABLE_CHANGE = 0.05;

/** Places of the customers that match, in the list's order. */
export function matchingPlaces(snapshot: CustomerSnapshot, filter: CustomersFilter): Int32Array {
  const { customers, scoring, bounds, pd } = snapshot;
  const { list, change, levels, moved = null } = filter;
  const wanted = filter.search.trim().toLowerCase();
  const ofLevels = levels.length === 0 ? null : new Set(levels);
  const changed = changeTest(snapshot);
  const ranges = filter.ranges.map(({ feature, least, most }) => ({
    values: snapshot.latestValues(feature),
    least: least ?? -Infinity,
    most: most ?? Infinity,
  }));

  const matches = (place: number): boolean => {
    const score = pd[place];
    const isScored = !Number.isNaN(score);
    if (moved !== null) {
      if (!hasMoved(snapshot, place, moved)) return false;
    } else if (!isScored && customers.hasData[place] === 0) return false;
    else if (!isListed(snapshot, place, list, change)) return false;
    if (change !== 'any' && (scoring === null || !changed(place, change))) return false;
    if (ofLevels !== null && !(isScored && ofLevels.has(levelOf(score, bounds)))) return false;
    if (wanted !== '' && !customers.searchable[place].includes(wanted)) return false;
    return ranges.every(({ values, least, most }) => values[place] >= least && values[place] <= most);
  };
  return placesInOrder(snapshot, filter.sort).filter(matches);
}

/** Who left the watchlist is looked for on it all the same. */
const isListed = ({ pd, bounds }: CustomerSnapshot, place: number, list: List, change: ChangeFilter): boolean =>
  list === 'all' || change === 'left' || pd[place] >= bounds.high;

/** As a cell of the transition matrix counts them: also who is gone, and wherever in the list they stand now. */
function hasMoved(
  { pd, earlierPd, bounds }: CustomerSnapshot,
  place: number,
  { from, to }: NonNullable<CustomersFilter['moved']>,
): boolean {
  if (Number.isNaN(pd[place]) && Number.isNaN(earlierPd[place])) return false;
  const standing = (score: number) => (Number.isNaN(score) ? 'none' : levelOf(score, bounds));
  return standing(earlierPd[place]) === from && standing(pd[place]) === to;
}

const counted = new WeakMap<CustomerSnapshot, Map<List, Changes>>();

type List = CustomersFilter['list'];
type Changes = Record<Exclude<ChangeFilter, 'any'>, number>;

/** How many of a list's customers each change filter would show; null where there is no scoring to compare with. */
export function countChanges(snapshot: CustomerSnapshot, list: List): Changes | null {
  if (snapshot.before === null) return null;
  const ofLists = counted.get(snapshot) ?? new Map<List, Changes>();
  counted.set(snapshot, ofLists);
  const known = ofLists.get(list);
  if (known !== undefined) return known;
  const counts = { up: 0, down: 0, entered: 0, left: 0 };
  const changed = changeTest(snapshot);
  for (let place = 0; place < snapshot.pd.length; place++) {
    for (const change of ['up', 'down', 'entered', 'left'] as const) {
      if (changed(place, change) && isListed(snapshot, place, list, change)) counts[change]++;
    }
  }
  ofLists.set(list, counts);
  return counts;
}

function changeTest({ pd, earlierPd, before, bounds, customers }: CustomerSnapshot) {
  const { high } = bounds;
  return (place: number, change: ChangeFilter): boolean => {
    const [now, earlier] = [pd[place], earlierPd[place]];
    // Nothing can have entered or left before there were two scorings.
    if (before === null) return change === 'any';
    switch (change) {
      case 'any':
        return true;
      case 'up':
        return now - earlier > NOTABLE_CHANGE;
      case 'down':
        return earlier - now > NOTABLE_CHANGE;
      case 'entered':
        return now >= high && !(earlier >= high);
      case 'left':
        return earlier >= high && !(now >= high) && (!Number.isNaN(now) || customers.hasData[place] === 1);
    }
  };
}

const orders = new WeakMap<CustomerSnapshot, Map<string, Int32Array>>();

/** All places as sorted; null comes last in both directions, equal ones in the order of their ids. */
function placesInOrder(snapshot: CustomerSnapshot, { key, direction }: CustomersFilter['sort']): Int32Array {
  const known = orders.get(snapshot) ?? new Map<string, Int32Array>();
  orders.set(snapshot, known);
  const name = `${key} ${direction}`;
  const found = known.get(name) ?? sortPlaces(sortValues(snapshot, key), direction === 'ascending' ? 1 : -1);
  known.set(name, found);
  return found;
}

/** [places]: NaN comes last. */
function sortValues({ pd, earlierPd, since }: CustomerSnapshot, key: CustomersFilter['sort']['key']): Float64Array {
  switch (key) {
    case 'pd':
      return Float64Array.from(pd);
    case 'change':
      return Float64Array.from(pd, (score, place) => score - earlierPd[place]);
    case 'customer':
      return Float64Array.from(pd, (_, place) => place);
    case 'onListSince':
      return Float64Array.from(since, (index) => (index < 0 ? NaN : index));
  }
}

function sortPlaces(values: Float64Array, sign: 1 | -1): Int32Array {
  const places = Int32Array.from(values, (_, place) => place);
  return places.sort((a, b) => {
    const [x, y] = [values[a], values[b]];
    const isLast = Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return isLast || (x === y || Number.isNaN(x) ? a - b : sign * (x - y));
  });
}
