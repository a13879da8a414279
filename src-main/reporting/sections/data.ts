import { count, counted, moment, NOT_AVAILABLE, percent, quantity, stepName } from '../figures.ts';
import type { ReportInput } from '../report-input.ts';
import { end, list, paragraph, start, wide, type Block, type Section } from '../report.ts';
import { steps } from '../words.ts';
import { pdIsOf } from './split.ts';

export function purposeSection({ experiment, portfolio }: ReportInput): Section {
  const { window } = experiment.settings;
  const unit = (value: number) => steps(value, portfolio.timeStep);
  return {
    id: 'purpose',
    title: 'Purpose and use',
    blocks: [
      paragraph(
        `From ${unit(window)} of a customer’s behaviour the models estimate the chance of ${pdIsOf({ experiment, portfolio })}. An analyst uses the PD to order a watchlist and to decide whom to look at first.`,
      ),
      paragraph(
        'They are made for early warning, with a person deciding. Nothing in this report tests them for granting or pricing credit, for provisioning or for capital.',
      ),
    ],
  };
}

const OUTCOMES: Record<string, string> = {
  dated: 'the step of each event is known',
  constant: 'one flag a customer, without a date',
  none: 'no outcomes are known',
};

export function dataSection(input: ReportInput): Section {
  const { portfolio, experiment, quality } = input;
  const blocks: Block[] = [
    {
      type: 'definitions',
      facts: [
        { term: 'Customers', value: count(portfolio.customers) },
        {
          term: 'History',
          value: `${counted(portfolio.historyRows, 'row')}, one a customer and ${portfolio.timeStep ?? 'step'}`,
        },
        { term: 'Period', value: periodOf(input) },
        {
          term: 'Outcome',
          value: `${counted(portfolio.events, 'customer')} of ${count(portfolio.customers)} with an event (${percent(portfolio.customers === 0 ? null : portfolio.events / portfolio.customers)}); ${OUTCOMES[portfolio.outcomeKind] ?? portfolio.outcomeKind}`,
        },
        ...(portfolio.currency === '' ? [] : [{ term: 'Currency', value: portfolio.currency }]),
        { term: 'Data hash', value: `sha256 ${experiment.dataHash}` },
      ],
    },
    paragraph(
      'The hash is taken over the histories, features, outcomes and parts that the models were trained on; the same data give the same hash.',
    ),
    ...(experiment.dataChanged
      ? [
          paragraph(
            'Data were imported, undone or derived anew since this training. The figures of this section describe the portfolio as it is now; the models and their results belong to the data of the hash above.',
            'caution',
          ),
        ]
      : []),
  ];
  return {
    id: 'data',
    title: 'Data',
    blocks,
    parts: [importsPart(input), ...(quality.features.length === 0 ? [] : [featuresPart(input)])],
  };
}

function periodOf({ portfolio }: ReportInput): string {
  const { firstStep, lastStep, firstDate, lastDate, timeStep, dated } = portfolio;
  if (firstStep === null || lastStep === null) return NOT_AVAILABLE;
  const span = `${stepName(firstStep, firstDate, timeStep)} to ${stepName(lastStep, lastDate, timeStep)}, ${steps(lastStep - firstStep + 1, timeStep)}`;
  return dated ? span : `${span}; without dates, by the files’ own numbers`;
}

function importsPart({ imports, portfolio }: ReportInput): Section {
  const standing = imports.filter(({ undone }) => !undone);
  const undone = imports.length - standing.length;
  const sum = (of: 'rejected' | 'conflicting' | 'read') => standing.reduce((total, { rows }) => total + rows[of], 0);
  const exclusions = [
    sum('rejected') === 0
      ? `All ${counted(sum('read'), 'row')} could be read.`
      : `${counted(sum('rejected'), 'row')} of ${count(sum('read'))} ${sum('rejected') === 1 ? 'was' : 'were'} set aside, because a value could not be read; the portfolio keeps each with its reason.`,
    sum('conflicting') === 0
      ? 'No row differed from what was stored.'
      : `${counted(sum('conflicting'), 'row')} differed from what was stored and followed the analyst’s rule.`,
    ...(undone > 0
      ? [
          `${counted(undone, 'import')} ${undone === 1 ? 'was' : 'were'} undone and ${undone === 1 ? 'counts' : 'count'} no more.`,
        ]
      : []),
    ...(portfolio.hasTransactions
      ? ['Transactions were turned into behaviour by the rules that are kept in the portfolio.']
      : []),
  ];
  return {
    id: 'imports',
    title: 'Files and exclusions',
    blocks: [
      {
        type: 'table',
        title: 'Files imported, and what became of their rows',
        columns: [
          wide('File'),
          start('Imported'),
          end('Read'),
          end('Accepted'),
          end('Unchanged'),
          end('Differing'),
          end('Set aside'),
        ],
        rows: standing.map(({ file, importedAt, rows }) => [
          file,
          moment(importedAt),
          count(rows.read),
          count(rows.accepted),
          count(rows.unchanged),
          count(rows.conflicting),
          count(rows.rejected),
        ]),
      },
      { type: 'definitions', facts: standing.map(({ file, sha256 }) => ({ term: file, value: `sha256 ${sha256}` })) },
      list(exclusions),
    ],
  };
}

function featuresPart({ quality }: ReportInput): Section {
  const remarks = quality.features.flatMap(({ name, remarks: words }) => words.map((remark) => `${name}: ${remark}`));
  const rows = quality.features.map(({ name, kind, of, missing, figures }) => [
    name,
    kind === 'history' ? 'by step' : 'fixed',
    count(of),
    percent(of === 0 ? null : missing / of),
    figures === null ? NOT_AVAILABLE : quantity(figures.median),
    figures === null ? NOT_AVAILABLE : quantity(figures.mean),
    figures === null ? NOT_AVAILABLE : quantity(figures.least),
    figures === null ? NOT_AVAILABLE : quantity(figures.most),
  ]);
  return {
    id: 'features',
    title: 'Features',
    blocks: [
      {
        type: 'table',
        title: 'Features, with the share of values that are missing',
        columns: [
          wide('Feature'),
          start('Kind'),
          end('Values'),
          end('Missing'),
          end('Median'),
          end('Mean'),
          end('Least'),
          end('Most'),
        ],
        rows,
        note: 'A missing value of a sequence is filled with the customer’s last earlier one, else with the median of the training customers, and with 0 for counts and events. LightGBM sees it as missing.',
      },
      ...(remarks.length === 0 ? [] : [list(remarks)]),
    ],
  };
}
