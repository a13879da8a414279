import { hasName, referenceTo } from './column-references.ts';
import type { ImportSettings } from './settings.ts';
import type { EarlierFile } from './target.ts';

/** How a column's reason ends that follows from an earlier import. */
export const OF_EARLIER_IMPORT = 'of an earlier import';

/** What earlier files say of this one's outcomes, as settings. */
type EarlierSettings = Partial<Pick<ImportSettings, 'kind' | 'outcome' | 'outcomePositive' | 'outcomeDate'>>;

/**
 * The columns of outcomes that the latest earlier file like this one had. A file of histories is like it where it has
 * the same columns of customers and of steps; a file of nothing but outcomes where its header is the same. Settings
 * and columns that are `taken` are left alone.
 */
export function earlierOutcomes(
  names: readonly string[],
  settings: ImportSettings,
  taken: ReadonlySet<number>,
  earlier: readonly EarlierFile[],
): EarlierSettings {
  const found = columnsFound(names, settings, taken, earlier);
  const outcome = found.outcome ?? settings.outcome;
  const positive = outcome === null || settings.outcomePositive !== null ? null : positiveOf(outcome, earlier);
  return positive === null ? found : { ...found, outcomePositive: positive };
}

function columnsFound(
  names: readonly string[],
  settings: ImportSettings,
  taken: ReadonlySet<number>,
  earlier: readonly EarlierFile[],
): EarlierSettings {
  for (const file of earlier) {
    if ((settings.kind ?? file.kind) !== file.kind || !isLike(names, file)) continue;
    const found: EarlierSettings = {};
    for (const role of ['outcome', 'outcomeDate'] as const) {
      const name = file.columns.find((column) => column.role === role)?.name;
      const column = name === undefined || settings[role] !== null ? null : columnOf(names, name);
      if (column !== null && !taken.has(column)) found[role] = referenceTo(names, column);
    }
    if (Object.keys(found).length > 0) return file.kind === 'outcomes' ? { ...found, kind: file.kind } : found;
  }
  return {};
}

/** Said once, it held for the files that followed, too. */
const positiveOf = (outcome: string, earlier: readonly EarlierFile[]): string | null =>
  earlier.find(
    ({ columns, positive }) =>
      positive !== null &&
      columns.some(({ name, role }) => role === 'outcome' && name.toLowerCase() === outcome.toLowerCase()),
  )?.positive ?? null;

/** The one column of a name; null where there is none, or several. */
function columnOf(names: readonly string[], name: string): number | null {
  const found = names.flatMap((other, column) => (other.toLowerCase() === name.toLowerCase() ? [column] : []));
  return found.length === 1 ? found[0]! : null;
}

function isLike(names: readonly string[], { kind, columns }: EarlierFile): boolean {
  if (kind === 'outcomes') return columns.length === names.length && columns.every(({ name }) => hasName(names, name));
  return columns.every(({ name, role }) => !['customer', 'date', 'step'].includes(role) || hasName(names, name));
}
