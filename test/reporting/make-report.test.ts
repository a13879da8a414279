import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Estimate } from '../../src-main/ipc/documents.ts';
import { estimate, metric } from '../../src-main/reporting/figures.ts';
import { makeReport } from '../../src-main/reporting/make-report.ts';
import type { ReportInput } from '../../src-main/reporting/report-input.ts';
import type { Section, Table } from '../../src-main/reporting/report.ts';
import { reportedInput } from './reported.ts';

const input = await reportedInput();

const sectionOf = (from: ReportInput, id: string): Section =>
  makeReport(from).sections.find((section) => section.id === id)!;

/** All that a section says, one block a line. */
const wordsOf = ({ blocks, parts = [] }: Section): string =>
  [...blocks, ...parts.flatMap((part) => part.blocks)]
    .map((block) => {
      switch (block.type) {
        case 'paragraph':
          return block.text;
        case 'list':
          return block.items.join('\n');
        case 'definitions':
          return block.facts.map(({ term, value }) => `${term}: ${value}`).join('\n');
        case 'table':
          return [block.title, ...block.rows.map((row) => row.join(' | ')), block.note ?? ''].join('\n');
        case 'figure':
          return `${block.title}: ${block.description}`;
        case 'command':
          return block.lines.join('\n');
      }
    })
    .join('\n');
const words = (from: ReportInput, id: string) => wordsOf(sectionOf(from, id));

const tablesOf = (section: Section) => section.blocks.filter((block): block is Table => block.type === 'table');

describe('what a report holds', () => {
  test('what a validator expects, in order', () => {
    assert.deepEqual(
      makeReport(input).sections.map(({ id }) => id),
      [
        'summary',
        'purpose',
        'data',
        'split',
        'method',
        'results',
        'calibration',
        'early-detection',
        'limits',
        'monitoring',
        'reproducibility',
        'terms',
      ],
    );
  });

  test('every metric of the document with its interval, to the digits shown', () => {
    const [metrics] = tablesOf(sectionOf(input, 'results'));
    const { models } = input.comparison;
    assert.equal(metrics.rows.length, Object.keys(models[0].metrics).length);
    const auc = metrics.rows.find(([name]) => name === 'AUC')!;
    assert.deepEqual(
      auc.slice(1),
      models.map((model) => estimate(model.metrics.auc)),
    );
    const brier = metrics.rows.find(([name]) => name === 'Brier')!;
    assert.deepEqual(
      brier.slice(1),
      models.map((model) => estimate(model.metrics.brier)),
    );
  });

  test('a metric that has no words here is shown under its key', () => {
    const odd: Estimate = { value: 0.4321, low: 0.4, high: 0.5 };
    const models = input.comparison.models.map((model) => ({
      ...model,
      metrics: { ...model.metrics, hMeasure: odd, captureAt20: odd, neverHeardOf: odd, notAFigure: 'x' },
    }));
    const more = { ...input, comparison: { ...input.comparison, models } } as ReportInput;
    const [metrics] = tablesOf(sectionOf(more, 'results'));
    const row = (name: string) => metrics.rows.find(([title]) => title === name)?.[1];
    assert.equal(row('H-measure'), '0.432 [0.400, 0.500]');
    assert.equal(row('Capture at 20%'), '0.432 [0.400, 0.500]');
    assert.equal(row('Never heard of'), '0.432 [0.400, 0.500]');
    assert.equal(row('Not afigure'), undefined);
    assert.match(words(more, 'terms'), /H-measure: Hand’s measure/);
  });

  test('how the LSTM stands against LightGBM, in a sentence with its figures', () => {
    const [lstm, , lightgbm] = input.comparison.models;
    const pair = input.comparison.pairs.find(({ a, b }) => a === lstm.id && b === lightgbm.id)!;
    assert.ok(pair.high! < 0, 'these models differ');
    const summary = words(input, 'summary');
    assert.match(
      summary,
      new RegExp(
        `LSTM against LightGBM: AUC ${metric(lstm.metrics.auc.value)} against ${metric(lightgbm.metrics.auc.value)}, a difference of −.*LSTM ranks worse here: on these data the sequence model brings no gain`,
      ),
    );
  });

  test('the data: files with their hash, rows set aside, undone imports apart, missing shares', () => {
    const data = words(input, 'data');
    assert.match(data, /april_export_of_all_cards\.csv \| 20 Nov 2026, 08:00 UTC \| 48,030 \| 48,000 \| 0 \| 0 \| 30/);
    assert.match(data, new RegExp(`sha256 ${'ab'.repeat(32)}`));
    assert.match(data, /30 rows of 48,030 were set aside/);
    assert.match(data, /1 import was undone and counts no more/);
    assert.doesNotMatch(data, /wrong\.csv/);
    assert.match(data, /savings_amount \| by step \| 48,000 \| 25\.0% \| 24,762 \| 25,747 \| −20\.5 \| 109,365/);
    assert.match(data, new RegExp(`Data hash: sha256 ${'ef'.repeat(32)}`));
  });

  test('limits follow from the facts', () => {
    const limits = words(input, 'limits');
    assert.match(limits, /798 windows could not be used/);
    assert.match(limits, /LSTM and CNN-LSTM were still getting better when training ended after 3 epochs/);
    assert.match(limits, /More than 20% of the values are missing in savings_amount \(25\.0%\)/);
    assert.doesNotMatch(limits, /no dates|have changed since|synthetic|have no date/);
    const other: ReportInput = {
      ...input,
      portfolio: { ...input.portfolio, dated: false, isSample: true },
      experiment: {
        ...input.experiment,
        dataChanged: true,
        settings: { ...input.experiment.settings, labelRule: 'constant', epochs: 50 },
        refused: [{ kind: 'cnn-lstm', reason: 'too short' }],
      },
      comparison: { ...input.comparison, outOfTime: null, testUses: 9 },
    };
    const more = words(other, 'limits');
    for (const said of [
      /The events have no date \(label rule: whole history\)/,
      /looked at 9 times\. If models or settings were chosen/,
      /The data have no dates, so no later period could be held out/,
      /data have changed since this training/,
      /The data are synthetic/,
      /CNN-LSTM could not be trained/,
    ])
      assert.match(more, said);
    assert.doesNotMatch(more, /still getting better/);
    assert.ok(!makeReport(other).sections.some(({ parts = [] }) => parts.some(({ id }) => id === 'out-of-time')));
  });

  test('early detection that was not measured is called that, with what to do', () => {
    assert.match(words(input, 'early-detection'), /^Not measured\. .* compare the models of experiment 4 again\.$/s);
  });

  test('the monitoring plan is for the model that scores: the champion, else the best on validation', () => {
    assert.match(words(input, 'monitoring'), /^For LSTM, the champion, at each import/);
    const models = input.models.map((model) => ({
      ...model,
      champion: false,
      validation: { ...model.validation, auc: model.kind === 'cnn-lstm' ? 0.99 : 0.9 },
    }));
    assert.match(words({ ...input, models }, 'monitoring'), /^For CNN-LSTM, the best on validation customers/);
  });

  test('the commands that repeat it', () => {
    assert.match(
      words(input, 'reproducibility'),
      /train --portfolio "april <&> \\"sample\\"\.duecast" --models lstm,cnn-lstm,lightgbm,logistic --window 30 --horizon 14 --gap 0 --label-rule event --epochs 3 --batch 32 --seed 7 --split-seed 2/,
    );
  });

  test('one model, with nothing to hold it against, makes a report too', async () => {
    const alone = await reportedInput(['logistic']);
    assert.match(words(alone, 'summary'), /^Logistic regression ranks with an AUC of/);
    assert.deepEqual(
      tablesOf(sectionOf(alone, 'results')).filter(({ title }) => title.startsWith('Differences')),
      [],
    );
  });
});
