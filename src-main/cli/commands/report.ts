import type { ReportDocument } from '../../ipc/reports.ts';
import { reportFormatOf, writeReport } from '../../processes/report-job.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import { grouped } from '../words.ts';

/**
 * Models that were not compared yet are compared first: without results there is nothing to report, and whoever asks for
 * a report asks for them. The look at the test customers is counted, and said.
 */
export const reportCommand: Command = {
  usage: '--portfolio FILE --out FILE.html|.pdf [--experiment ID] [--by NAME] [--force]',
  options: {
    portfolio: PORTFOLIO,
    out: { value: 'FILE', about: 'where to: its ending, .html or .pdf, says the format', required: true },
    experiment: { value: 'ID', about: 'which experiment (the latest); compared first where it was not yet' },
    by: { value: 'NAME', about: 'who answers for the report, for its first page' },
    force: { value: null, about: 'replace a file that exists' },
  },
  async run(args, shell) {
    args.none();
    const request = {
      experimentId: args.text('experiment'),
      file: args.requiredText('out'),
      author: (args.text('by') ?? '').trim(),
      replace: args.flag('force'),
      compare: true,
    };
    reportFormatOf(request.file);
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      const document = await shell.job((context) => writeReport(workspace, request, context));
      return { document, text: formatReport(document) };
    });
  },
};

function formatReport({ file, bytes, sha256, experimentId, compared }: ReportDocument): string {
  return [
    `Report on experiment ${experimentId}: ${file}`,
    `${grouped(bytes)} bytes, sha256 ${sha256}`,
    ...(compared
      ? [
          'The models were compared first, since they had not been: one more look at the test customers, which is counted.',
        ]
      : []),
  ].join('\n');
}
