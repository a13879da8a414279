import type { Estimate, JudgedPart } from '../../src-main/ipc/documents.ts';
import { inSentence, listed, startOfSentence } from './model-words.ts';

type Model = JudgedPart['models'][number];

/** What can be said of the PDs themselves: nothing where an interval holds what is right. */
export function calibrationRemarks({ models }: JudgedPart): string[] {
  const found = (name: 'calibrationIntercept' | 'calibrationSlope', isWrong: (estimate: Estimate) => boolean) =>
    models.filter(({ metrics }) => {
      const estimate = metrics[name];
      return estimate !== undefined && estimate.low !== null && isWrong(estimate);
    });
  const faults = [
    say(
      'too high overall',
      found('calibrationIntercept', ({ high }) => high! < 0),
    ),
    say(
      'too low overall',
      found('calibrationIntercept', ({ low }) => low! > 0),
    ),
    say(
      'too extreme',
      found('calibrationSlope', (slope) => slope.high! < 1 && !fallsWithRisk(slope)),
    ),
    say(
      'too much alike',
      found('calibrationSlope', ({ low }) => low! > 1),
    ),
  ].filter((fault) => fault !== null);
  return [
    ...backwards(found('calibrationSlope', fallsWithRisk)),
    ...(faults.length === 0 ? [] : [`PDs are ${faults.join('; ')}.`]),
  ];
}

/** PDs of such a model are not too extreme: no spread would make them right. */
const fallsWithRisk = ({ value, high }: Estimate) => value! < 0 && high! < 1;

function backwards(models: Model[]): string[] {
  if (models.length === 0) return [];
  const names = startOfSentence(listed(models.map(inSentence)));
  const fall =
    models.length === 1
      ? 'ranks the wrong way round: its PDs fall where risk rises'
      : 'rank the wrong way round: their PDs fall where risk rises';
  const byChance = models.some(({ metrics }) => (metrics.calibrationSlope?.high ?? NaN) >= 0);
  return [`${names} ${fall}${byChance ? ', though perhaps by chance' : ''}.`];
}

const say = (fault: string, models: Model[]) =>
  models.length === 0 ? null : `${fault} from ${listed(models.map(inSentence))}`;
