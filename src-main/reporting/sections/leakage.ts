import { noteInWords } from '../words.ts';
import type { ReportInput } from '../report-input.ts';
import { paragraph, start, wide, type Section } from '../report.ts';

/** Checks for what gives the outcome away; null where none were made. */
export function leakageSection({ sanity }: ReportInput): Section | null {
  if (sanity === undefined || sanity === null) return null;
  const checks = [...sanity.checks, ...(sanity.shuffled ? [sanity.shuffled.check] : [])].filter(
    (check, i, all) => all.findIndex(({ title }) => title === check.title) === i,
  );
  const warnings = checks.filter(({ mark }) => mark !== 'fine').length;
  return {
    id: 'leakage',
    title: 'Leakage checks',
    blocks: [
      warnings === 0
        ? paragraph(`All ${checks.length} checks found nothing that gives the outcome away.`)
        : paragraph(
            `${warnings} of ${checks.length} checks ${warnings === 1 ? 'asks' : 'ask'} for a closer look before the results are believed.`,
            'caution',
          ),
      {
        type: 'table',
        title: 'What was checked',
        columns: [start('Check'), start('Result'), wide('What was found')],
        rows: checks.map(({ title, mark, text, advice }) => [
          title,
          mark === 'fine' ? 'fine' : 'look',
          noteInWords(advice === null ? text : `${text} ${advice}`),
        ]),
      },
    ],
  };
}
