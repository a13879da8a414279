import { metricKeys, metricTitle, metricWords } from '../metric-words.ts';
import type { ReportInput } from '../report-input.ts';
import type { Fact, Section } from '../report.ts';

const BETTER = { higher: ' Higher is better.', lower: ' Lower is better.', neither: '' };

/** What each metric of the tables means; one that has no words here is left out. */
export function glossarySection({ comparison }: ReportInput): Section {
  const metrics = metricKeys(comparison.models).flatMap((key): Fact[] => {
    const { explanation, better } = metricWords(key);
    return explanation === '' ? [] : [{ term: metricTitle(key, comparison), value: `${explanation}${BETTER[better]}` }];
  });
  return {
    id: 'terms',
    title: 'Terms',
    blocks: [
      {
        type: 'definitions',
        facts: [
          { term: 'PD', value: 'The probability that a model gives to an event within the horizon after a window.' },
          { term: 'Window', value: 'The steps of one customer that a model reads for one PD.' },
          ...metrics,
          {
            term: '95% interval',
            value: 'Holds what the figure would be with other customers of the same kind, in 95 of 100 cases.',
          },
          {
            term: 'p',
            value: 'How often a difference at least as large would come about by chance if two models ranked alike.',
          },
        ],
      },
    ],
  };
}
