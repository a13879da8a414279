import type { Estimate, JudgedPart } from '../../src-main/ipc/documents.ts';
import { inSentence, listed } from './model-words.ts';

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
      found('calibrationSlope', ({ high }) => high! < 1),
    ),
    say(
      'too much alike',
      found('calibrationSlope', ({ low }) => low! > 1),
    ),
  ].filter((fault) => fault !== null);
  return faults.length === 0 ? [] : [`PDs are ${faults.join('; ')}.`];
}

const say = (fault: string, models: Model[]) =>
  models.length === 0 ? null : `${fault} from ${listed(models.map(inSentence))}`;
