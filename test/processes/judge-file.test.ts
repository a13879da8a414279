import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { describe, test, type TestContext } from 'node:test';
import type { EvaluateDocument, EvaluateRequest } from '../../src-main/ipc/evaluation.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { judgeFile, lookAtScores } from '../../src-main/processes/judge-file.ts';
import { fileOf } from '../importing/recording-target.ts';
import { inline, number, workbookOf } from '../importing/workbooks/workbook.ts';

const quiet = () => ({ signal: new AbortController().signal, progress: () => undefined });
const ASAH = fileURLToPath(new URL('../fixtures/published-scores/asah.csv', import.meta.url));

async function judge(
  t: TestContext,
  content: string | Uint8Array,
  asked: Partial<EvaluateRequest> & Pick<EvaluateRequest, 'label' | 'positive' | 'scores'>,
  name = 'scores.csv',
): Promise<EvaluateDocument> {
  const file = fileOf(t, typeof content === 'string' ? Buffer.from(content) : content, name);
  const request = { negative: null, lowerIsRiskier: [], group: null, settings: [], ...asked, file };
  return (await judgeFile(request, quiet())).document;
}

const refusal = (code: string, message: RegExp) => (error: unknown) =>
  error instanceof DuecastError && error.code === code && message.test(error.message)
    ? true
    : assert.fail(`${String(error)} is not ${code} ${message}`);

/** Four rows whose AUC is .75. */
const FOUR = 'y,s\n0,0.1\n0,0.4\n1,0.35\n1,0.8\n';
const ofFour = { label: 'y', positive: '1', scores: ['s'] };

describe('a file of scores', () => {
  test('published patients: the figures of pROC', async () => {
    const { document, curves } = await judgeFile(
      {
        file: ASAH,
        label: 'outcome',
        positive: 'Poor',
        negative: null,
        scores: ['s100b', 'ndka'],
        lowerIsRiskier: [],
        group: null,
        settings: [],
      },
      quiet(),
    );
    const { n, events, models, pairs, method } = document;
    assert.deepEqual([n, events, method], [113, 41, 'delong']);
    assert.equal(models['ndka'].aucLow!.toFixed(12), '0.501244999272');
    assert.equal(models['ndka'].aucHigh!.toFixed(12), '0.722670989888');
    assert.equal(models['s100b'].brier, null);
    assert.deepEqual([pairs[0].a, pairs[0].b], ['s100b', 'ndka']);
    assert.equal(pairs[0].z!.toFixed(12), '1.390770025736');
    assert.equal(pairs[0].p!.toFixed(12), '0.164295175223');
    assert.deepEqual(
      curves.map(({ score, hitRate }) => [score, hitRate[0], hitRate[hitRate.length - 1]]),
      [
        ['s100b', 0, 1],
        ['ndka', 0, 1],
      ],
    );
  });

  test('the known values of all metrics', async (t) => {
    const { models } = await judge(t, 'y,s,p\n0,0.1,0.1\n1,0.4,0.9\n1,0.35,0.8\n0,0.8,0.3\n', {
      ...ofFour,
      scores: ['s', 'p'],
    });
    assert.equal(models['p'].brier!.toFixed(10), '0.0375000000');
    assert.equal(models['p'].auc, 1);
    assert.deepEqual([models['p'].aucVariance, models['p'].aucLow, models['p'].aucHigh], [0, null, null]);
    const four = (await judge(t, FOUR, ofFour)).models['s'];
    assert.deepEqual([four.auc, four.gini, four.ks, four.prAuc.toFixed(7)], [0.75, 0.5, 0.5, '0.8333333']);
    const loss = await judge(t, 'y,s\n1,0.9\n0,0.1\n0,0.2\n1,0.65\n', ofFour);
    assert.equal(loss.models['s'].logLoss!.toFixed(11), '0.21616187468');
  });

  test('ten and ten: H-measure and AUC', async (t) => {
    const rows = Array.from({ length: 20 }, (_, i) => {
      const y = i < 10 ? 0 : 1;
      return `${y},${i >= 8 && i <= 11 ? 0.5 : y},${i >= 5 && i <= 14 ? 0.5 : y}`;
    });
    const { models } = await judge(t, `y,a,b\n${rows.join('\n')}\n`, { ...ofFour, scores: ['a', 'b'] });
    assert.deepEqual([models['a'].hMeasure.toFixed(12), models['a'].auc], ['0.800000000000', 0.98]);
    assert.deepEqual([models['b'].hMeasure.toFixed(12), models['b'].auc], ['0.500000000000', 0.875]);
  });

  test('identical columns differ by nothing', async (t) => {
    const twice = 'y,a,b\n0,1,10\n0,4,40\n1,3,30\n1,8,80\n1,8,80\n';
    const { pairs } = await judge(t, twice, { ...ofFour, scores: ['a', 'b'] });
    const [{ differences, ...pair }] = pairs;
    assert.deepEqual(pair, { a: 'a', b: 'b', deltaAuc: 0, low: 0, high: 0, z: 0, p: 1 });
    assert.deepEqual(differences.gini, { value: 0, low: 0, high: 0, p: 1 });
  });

  test('is read however it is written', async (t) => {
    const table = (delimiter: string, decimal: string) => FOUR.replaceAll(',', delimiter).replaceAll('.', decimal);
    const written: [string | Uint8Array, string][] = [
      [table(';', ','), 'scores.csv'],
      [table('\t', '.'), 'scores.txt'],
      [Buffer.from(`\ufeff${table(';', ',')}`, 'utf16le'), 'scores.csv'],
      [gzipSync(FOUR), 'scores.csv.gz'],
      [FOUR.replaceAll('\n', '\r\n'), 'scores.csv'],
      [FOUR.replaceAll('0.', '.'), 'scores.csv'],
      [FOUR.replace('0.35', '3.5E-01'), 'scores.csv'],
      [`Scores of January\n\n${FOUR}`, 'scores.csv'],
    ];
    for (const [content, name] of written) {
      const { n, models } = await judge(t, content, ofFour, name);
      assert.deepEqual([n, models['s'].auc, models['s'].min], [4, 0.75, 0.1], String(content));
    }
    const rows = Object.fromEntries(
      FOUR.trim()
        .split('\n')
        .map((line, i) => [i + 1, line.split(',').map((cell) => (i === 0 ? inline(cell) : number(cell)))]),
    );
    const { models } = await judge(t, workbookOf([{ name: 'Scores', rows }]), ofFour, 'scores.xlsx');
    assert.equal(models['s'].auc, 0.75);
  });

  test('without a header columns go by number', async (t) => {
    const { models } = await judge(t, FOUR.slice(4), { label: '0', positive: '1', scores: ['1'] });
    assert.deepEqual([models['1'].auc, models['1'].column], [0.75, 'column 1']);
  });

  test('names may hold spaces and commas, and differ in case', async (t) => {
    const file = 'Outcome flag,"Our PD, new"\nGood,0.1\nGood,0.4\nBad,0.35\nBad,0.8\n';
    const { models } = await judge(t, file, { label: 'outcome Flag', positive: 'bad', scores: ['our PD, new'] });
    assert.equal(models['our PD, new'].auc, 0.75);
  });

  test('percentages are PDs', async (t) => {
    const file = 'y;s\nnein;10,0%\nnein;40 %\nja;35%\nja;80,0 %\n';
    const { models } = await judge(t, file, { label: 'y', positive: 'ja', scores: ['s'] });
    assert.deepEqual([models['s'].auc, models['s'].min, models['s'].isPd], [0.75, 0.1, true]);
    assert.ok(models['s'].brier !== null);
  });

  test('labels go by their value: 1, 1.0 and 1,00 are one', async (t) => {
    for (const [one, zero] of [
      ['1.0', '0.0'],
      ['1', '0'],
      ['1.00E+00', '0'],
      [' 1 ', '0'],
    ]) {
      const file = `y|s\n${zero}|0.1\n${zero}|0.4\n${one}|0.35\n${one}|0.8\n`;
      assert.equal((await judge(t, file, ofFour)).models['s'].auc, 0.75, one);
    }
  });

  test('a lower score may mean riskier', async (t) => {
    const file = 'y,bureau,pGood\n0,700,0.9\n0,640,0.6\n1,650,0.65\n1,500,0.2\n';
    const asked = { ...ofFour, scores: ['bureau', 'pGood'], lowerIsRiskier: ['bureau', 'PGood'] };
    const { models, notes } = await judge(t, file, asked);
    assert.deepEqual([models['bureau'].auc, models['bureau'].min, models['bureau'].brier], [0.75, 500, null]);
    assert.equal(models['pGood'].brier!.toFixed(12), '0.158125000000');
    assert.ok(notes.some((note) => note.includes('1 − pGood')));
    const wrong = await judge(t, file, { ...ofFour, scores: ['bureau'] });
    assert.equal(wrong.models['bureau'].auc, 0.25);
    assert.ok(wrong.notes.some((note) => note.includes('ranks the wrong way round')));
  });

  test('rows without a label or a score are counted, for all scores alike', async (t) => {
    const file =
      'id,y,a,b\n1,0,0.1,1\n2,,0.2,2\n3,0,0.4,4\n4,1,n/a,9\n5,1,0.35,3\n6,1,x,3\n7,1,0.8,8\n8,0,0.3,\n9,1\n10,1,,\nEnd of report\n';
    const document = await judge(t, file, { ...ofFour, scores: ['a', 'b'] });
    assert.equal(document.n, 4);
    assert.deepEqual(document.skipped, [
      { reason: '2 cells where the table has 4 columns', rows: 1, line: 10 },
      { reason: 'a line below the last row', rows: 1, line: 12 },
      { reason: 'no label', rows: 1, line: 3 },
      { reason: 'no a', rows: 2, line: 5 },
      { reason: '“x” in a is no number', rows: 1, line: 7 },
      { reason: 'no b', rows: 1, line: 9 },
    ]);
    assert.deepEqual(document.rows, { read: 11, skipped: 7 });
    assert.equal(document.models['a'].auc, 0.75);
  });

  test('all other labels are no event, unless some are named', async (t) => {
    const file = 'y,s\nGood,0.1\nGood,0.4\nBad,0.35\nBad,0.8\nOpen,0.9\n';
    const all = await judge(t, file, { label: 'y', positive: 'Bad', scores: ['s'] });
    assert.deepEqual([all.n, all.models['s'].auc], [5, 0.5]);
    assert.ok(all.notes.some((note) => note.includes('Good (2), Open (1)')));
    const some = await judge(t, file, { label: 'y', positive: 'Bad', negative: ['good'], scores: ['s'] });
    assert.deepEqual([some.n, some.models['s'].auc], [4, 0.75]);
    assert.deepEqual(some.skipped, [{ reason: 'the label “Open” is neither outcome', rows: 1, line: 6 }]);
    const none = await judge(t, file.replaceAll('Good', 'None'), { label: 'y', positive: 'Bad', scores: ['s'] });
    assert.equal(none.n, 3, 'a word for a missing value');
    const word = file.replaceAll('Good', 'None').replace('Open,0.9\n', '');
    assert.equal((await judge(t, word, { label: 'y', positive: 'Bad', scores: ['s'] })).n, 4, 'the only other value');
  });

  test('rows of one customer are drawn together', async (t) => {
    const lines = Array.from(
      { length: 60 },
      (_, i) => `C${i % 15},${i % 3 === 0 ? 1 : 0},${(i * 7) % 11},${(i * 5) % 13}`,
    );
    const asked = { ...ofFour, scores: ['a', 'b'], group: 'c' };
    const document = await judge(t, `c,y,a,b\n${lines.join('\n')}\n`, asked);
    const { method, customers, models, pairs } = document;
    assert.deepEqual([method, customers], ['bootstrap', 15]);
    const { auc, aucLow, aucHigh, aucVariance } = models['a'];
    assert.ok(aucVariance === null && aucLow! < auc && auc < aucHigh!);
    assert.ok(pairs[0].z === null && pairs[0].p! > 0);
  });

  test('every figure has an interval, by rows where they are independent; losses where the score is a PD', async (t) => {
    const lines = Array.from({ length: 400 }, (_, i) => {
      const event = (i * 37) % 100 < 20 + (i % 40) ? 1 : 0;
      return `${event},${(0.1 + 0.012 * (i % 40)).toFixed(3)},${600 - 3 * (i % 40) - ((i * 13) % 50)},${(0.9 - 0.012 * (i % 40)).toFixed(3)}`;
    });
    const asked = { ...ofFour, scores: ['pd', 'points', 'good'], lowerIsRiskier: ['points', 'good'] };
    const { models, pairs, notes } = await judge(t, `y,pd,points,good\n${lines.join('\n')}\n`, asked);
    for (const [name, model] of Object.entries(models)) {
      const { intervals, isPd } = model;
      for (const figure of ['auc', 'gini', 'ks', 'prAuc', 'hMeasure', 'brier', 'logLoss'] as const) {
        const { low, high } = intervals[figure];
        const value = model[figure];
        if (value === null) assert.deepEqual([isPd, low, high], [false, null, null], `${name}, ${figure}`);
        else assert.ok(low! <= value && value <= high! && low! < high!, `${name}, ${figure}`);
      }
      assert.deepEqual([intervals.auc.low, intervals.auc.high], [model.aucLow, model.aucHigh], name);
      assert.ok(Math.abs(intervals.gini.high! - (2 * model.aucHigh! - 1)) < 1e-12, name);
    }
    // 1 − good is the same PD, ranked the same way.
    assert.deepEqual(models['good'].intervals.ks, models['pd'].intervals.ks);
    const [a, b] = [models['pd'].intervals.logLoss, models['good'].intervals.logLoss];
    assert.ok(Math.abs(a.low! - b.low!) < 1e-9 && Math.abs(a.high! - b.high!) < 1e-9);
    assert.equal(pairs[0].differences.brier.value, null);
    assert.ok(pairs[0].differences.ks.low! < pairs[0].differences.ks.high!);
    assert.ok(notes[0].includes('1,000 resamples of rows'), notes[0]);
  });

  test('few rows of an outcome give no intervals but DeLong’s', async (t) => {
    const { models, notes } = await judge(t, FOUR, ofFour);
    assert.notEqual(models['s'].aucLow, null);
    assert.deepEqual(models['s'].intervals.ks, { low: null, high: null });
    assert.ok(
      notes.some((note) => note.includes('only 2 rows with the rarer outcome')),
      notes.join('\n'),
    );
  });

  test('says what is wrong', async (t) => {
    const ask = (asked: Partial<EvaluateRequest>, file = FOUR) => judge(t, file, { ...ofFour, ...asked });
    await assert.rejects(ask({ scores: ['z'] }), refusal('usage', /no such column.*y, s/));
    await assert.rejects(ask({ label: 'z' }), refusal('usage', /--label z/));
    await assert.rejects(ask({ scores: ['s', '1'] }), refusal('usage', /twice/));
    await assert.rejects(ask({ scores: ['y'] }), refusal('usage', /as label and as score/));
    await assert.rejects(ask({ lowerIsRiskier: ['y'] }), refusal('usage', /not among --scores/));
    await assert.rejects(ask({ settings: [{ key: 'customer', value: 'y' }] }), refusal('usage', /for imports/));
    await assert.rejects(ask({ positive: '2' }), refusal('data-refused', /outcome 2.*y holds 0 \(2\), 1 \(2\)/));
    await assert.rejects(ask({}, 'y,s\n1,1\n1,2\n'), refusal('data-refused', /All 2 rows/));
    await assert.rejects(ask({}, 'y,s\n1,a\n0,b\n'), refusal('data-refused', /no number, but such as “a”/));
    await assert.rejects(ask({}, 'y;s\n1;1.234\n0;2.345\n'), refusal('data-refused', /nothing was judged.*decimal=/));
    const one = await ask({}, 'y,s\n1,0.9\n0,0.1\n0,0.2\n');
    assert.deepEqual([one.models['s'].aucVariance, one.models['s'].aucLow], [null, null]);
  });

  test('its columns can be looked at first', async (t) => {
    const file = fileOf(t, Buffer.from('y;PD;id\nno;0,1;A1\nyes;0,4;A2\n'), 'scores.csv');
    const { columns, headerLine } = await lookAtScores({ file, settings: [] }, quiet());
    assert.equal(headerLine, 1);
    assert.deepEqual(columns[0], { name: 'y', isNumeric: false, samples: ['no', 'yes'], values: ['no', 'yes'] });
    assert.equal(columns[1].isNumeric, true);
  });
});
