import type { LabelRule } from '../../ipc/documents.ts';
import { count, counted, percent } from '../figures.ts';
import type { ReportInput } from '../report-input.ts';
import { end, list, paragraph, start, type Section } from '../report.ts';
import { steps } from '../words.ts';

/** What each reading of the outcomes takes for an event, and what follows for the figures. */
export const LABEL_RULES: Record<LabelRule, { name: string; meaning: string; consequence: string }> = {
  event: {
    name: 'by the event’s date',
    meaning: 'A window counts as an event where the event’s date falls into the horizon after it.',
    consequence:
      'A label exists only where the data reach the end of the horizon, whatever the outcome, so that the end of the period never gives the outcome away.',
  },
  constant: {
    name: 'whole history',
    meaning:
      'Every window of a customer carries the customer’s flag, also windows long before anything changed, as the published recipe has it.',
    consequence:
      'The pooled figures mix early windows, which look like anyone’s, with late ones: they say who will default at some time, not when. AUC by step is to be read beside them.',
  },
  'after-last': {
    name: 'event after the last step',
    meaning:
      'The event is taken to come right after the customer’s last step, so only windows that end within the horizon of it count as events.',
    consequence:
      'Where a history ends for another reason than the event, the label is wrong; and models may learn how long a history is.',
  },
  'last-window': {
    name: 'last window only',
    meaning: 'One window a customer, the latest one, carries the flag.',
    consequence: 'The figures say how well customers are told apart once, at the end of their histories.',
  },
};

/** “an event within 14 days after it”: what the PD of a window is the chance of. */
export function pdIsOf({ experiment, portfolio }: Pick<ReportInput, 'experiment' | 'portfolio'>): string {
  const { horizon, gap, labelRule } = experiment.settings;
  const unit = (value: number) => steps(value, portfolio.timeStep);
  const within = `within ${unit(horizon)}${gap === 0 ? ' after it' : ` that begin ${unit(gap)} after it`}`;
  switch (labelRule) {
    case 'event':
      return `an event ${within}`;
    case 'after-last':
      return `an event ${within}, the event being taken to follow a customer’s last step`;
    case 'constant':
      return 'the customer’s flag, whenever the event is: the flag has no date';
    case 'last-window':
      return 'the customer’s flag, which follows the last step';
  }
}

const PARTS = { train: 'Training', validation: 'Validation', test: 'Test', outOfTime: 'Out of time' } as const;

export function splitSection({ experiment, unlabelled, portfolio, comparison }: ReportInput): Section {
  const { settings, split, warnings } = experiment;
  const { window, horizon, gap, labelRule, splitSeed } = settings;
  const unit = (value: number) => steps(value, portfolio.timeStep);
  const rule = LABEL_RULES[labelRule];
  const parts = (Object.keys(PARTS) as (keyof typeof PARTS)[]).flatMap((part) => {
    const counts = split[part];
    return counts === null || counts === undefined
      ? []
      : [[PARTS[part], count(counts.customers), count(counts.windows), count(counts.events)]];
  });
  return {
    id: 'split',
    title: 'Split, windows and labels',
    blocks: [
      paragraph(
        `Customers, never their windows, are split 60/20/20 at random, stratified by outcome (split seed ${splitSeed}), before any window is cut: no customer stands on two sides. The parts belong to the portfolio, so every training uses the same ones. Scaling, early stopping and every other choice see training and validation customers only.`,
      ),
      {
        type: 'table',
        title: 'Who is where',
        columns: [start('Part'), end('Customers'), end('Windows'), end('Customers with an event')],
        rows: parts,
        note: split.outOfTime
          ? 'Out of time: test customers in the last fifth of the period, which no model has seen either.'
          : 'No part of the period is held out.',
      },
      {
        type: 'definitions',
        facts: [
          { term: 'Window', value: `${unit(window)} of behaviour` },
          {
            term: 'Horizon',
            value:
              labelRule === 'last-window'
                ? `${unit(horizon)}; not used by this label rule`
                : `an event counts within ${unit(horizon)}`,
          },
          { term: 'Gap', value: gap === 0 ? 'none: the horizon begins right after the window' : unit(gap) },
          { term: 'Label rule', value: `${rule.name}. ${rule.meaning}` },
          { term: 'What it means', value: rule.consequence },
          { term: 'PD', value: `the chance of ${pdIsOf({ experiment, portfolio })}` },
          {
            term: 'Embargo',
            value: split.outOfTime
              ? `${unit(gap + horizon)}: windows whose horizon reaches into the held-out time are in no part`
              : 'none is needed, as no time is held out',
          },
          { term: 'Not used', value: notUsed(unlabelled) },
          {
            term: 'Test windows',
            value: `${count(comparison.rows.windows)}, ${percent(comparison.rows.prevalence)} of them with the event`,
          },
        ],
      },
      ...(warnings.length === 0 ? [] : [list(warnings)]),
    ],
  };
}

const notUsed = ({ unknown, dropped }: ReportInput['unlabelled']) =>
  `${counted(unknown, 'window')} whose outcome is not known, and ${counted(dropped, 'window')} that touch or follow the event`;
