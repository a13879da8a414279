import { counted } from '../figures.ts';
import type { SanityMark } from '../../ipc/sanity.ts';
import { noteInWords } from '../words.ts';
import type { ReportInput } from '../report-input.ts';
import { paragraph, start, wide, type Section } from '../report.ts';

/** Checks for what gives the outcome away; null where none were made. */
export function leakageSection({ sanity }: ReportInput): Section | null {
  if (sanity === undefined || sanity === null) return null;
  const checks = [...sanity.checks, ...(sanity.shuffled ? [sanity.shuffled.check] : [])].filter(
    (check, i, all) => all.findIndex(({ title }) => title === check.title) === i,
  );
  const countOf = (wanted: SanityMark) => checks.filter(({ mark }) => mark === wanted).length;
  const [warnings, notMade] = [countOf('look'), countOf('not-made')];
  const passed = notMade === 0 ? `All ${checks.length} checks` : counted(countOf('fine'), 'check');
  const left = notMade === 0 ? '' : ` ${notMade} could not be made.`;
  return {
    id: 'leakage',
    title: 'Leakage checks',
    blocks: [
      warnings === 0
        ? paragraph(`${passed} found nothing that gives the outcome away.${left}`)
        : paragraph(
            `${warnings} of ${checks.length} checks ${warnings === 1 ? 'asks' : 'ask'} for a closer look before the results are believed.${left}`,
            'caution',
          ),
      {
        type: 'table',
        title: 'What was checked',
        columns: [start('Check'), start('Result'), wide('What was found')],
        rows: checks.map(({ title, mark, text, advice }) => [
          title,
          mark === 'not-made' ? 'not made' : mark,
          noteInWords(advice === null ? text : `${text} ${advice}`),
        ]),
      },
    ],
  };
}
