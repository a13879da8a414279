import type { JudgedModel, JudgedRowsOfPart } from '../evaluation/compare-models.ts';
import { nameExternals, restrictToCovered, type RowsWithExternals } from '../evaluation/external-scores.ts';
import type { CompareDocument, JudgedPart } from '../ipc/documents.ts';
import type { ModelCurves } from '../ipc/views.ts';
import type { PortfolioDb } from '../store/database.ts';
import { readExternalScores } from '../store/external-scores.ts';
import type { EvaluatedPart } from './store-api.ts';

export interface PartWithExternals<Model extends JudgedModel = JudgedModel> extends JudgedRowsOfPart {
  models: (Model | JudgedModel)[];
  /** Null: there are none for this part. */
  restricted: RowsWithExternals<Model> | null;
}

const modelId = (id: string) => `external-${id}`;

/**
 * A part's rows and models with the scores from elsewhere of its experiment, all on the rows that these cover. `among`:
 * only those that a comparison holds.
 */
export function withExternals<Model extends JudgedModel>(
  db: PortfolioDb,
  experimentId: string,
  part: EvaluatedPart,
  judged: { rows: JudgedRowsOfPart['rows']; models: readonly Model[] } | null,
  among: JudgedPart | null = null,
): PartWithExternals<Model> | null {
  if (judged === null) return null;
  const compared = among === null ? null : new Set(among.models.map(({ id }) => id));
  const externals = readExternalScores(db, experimentId, part)
    .map((external) => ({ ...external, id: modelId(external.id) }))
    .filter(({ id }) => compared === null || compared.has(id));
  if (externals.length === 0) return { rows: judged.rows, models: [...judged.models], restricted: null };
  const restricted = restrictToCovered(judged.rows, judged.models, externals);
  const added = restricted.externals.map(({ id, risk }): JudgedModel => ({ id, kind: 'external', scores: risk }));
  return { rows: restricted.rows, models: [...restricted.models, ...added], restricted };
}

/** A comparison's document with the names of scores from elsewhere, in both of its parts. */
export function nameInDocument(
  document: CompareDocument,
  test: PartWithExternals,
  outOfTime: PartWithExternals | null,
): CompareDocument {
  const named = <T extends JudgedPart>(part: T, { restricted }: PartWithExternals): T =>
    restricted === null ? part : { ...part, ...nameExternals(part, restricted) };
  return {
    ...named(document, test),
    outOfTime:
      document.outOfTime === null || outOfTime === null ? document.outOfTime : named(document.outOfTime, outOfTime),
  };
}

/** The same of curves; calibration is of PDs only. */
export function nameInCurves(curves: readonly ModelCurves[], { restricted }: PartWithExternals): ModelCurves[] {
  return curves.map((curve) => {
    const external = restricted?.externals.find(({ id }) => id === curve.id);
    if (external === undefined) return curve;
    const { name, isPd } = external;
    return { ...curve, name, isPd, calibration: isPd ? curve.calibration : [] };
  });
}
