import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type {
  CompareDocument,
  CustomerScore,
  GenerateDocument,
  ImportDocument,
  ImportsDocument,
  ModelsDocument,
  ScoreDocument,
  TimelineDocument,
  TrainDocument,
  UndoDocument,
} from '../../src-main/ipc/documents.ts';
import type { ExplainDocument } from '../../src-main/ipc/explanation.ts';
import { levelOf } from '../../src-main/scoring/levels.ts';
import { loadEngine } from '../../src-main/tensors/engines.ts';
import { NATIVE_HIDDEN } from '../tensors/native-hidden.ts';
import { duecastJson, runDuecast } from './run-duecast.ts';

interface ErrorDocument {
  error: { code: string; message: string; detail?: string };
}

describe('the main job from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-cli-'));
  const sample = join(folder, 'sample.csv');
  const portfolio = join(folder, 'sample.duecast');
  const at = ['--portfolio', portfolio];
  let trained: TrainDocument;
  after(() => rmSync(folder, { recursive: true, force: true }));

  before(async () => {
    const size = ['--customers', '160', '--days', '70', '--seed', '3'];
    const { code, document } = await duecastJson<GenerateDocument>(['generate', '--out', sample, ...size]);
    assert.equal(code, 0);
    assert.deepEqual(document, { rows: 160 * 70, customers: 160, defaulters: 48 });
    const imported = await duecastJson<ImportDocument>(['import', sample, ...at]);
    assert.equal(imported.code, 0, imported.stderr);
    assert.deepEqual(imported.document.rows, {
      read: 11200,
      accepted: 11200,
      unchanged: 0,
      conflicting: 0,
      rejected: 0,
    });
    assert.equal(imported.document.steps, 11200);
    assert.equal(imported.document.customers, 160);
    const run = await duecastJson<TrainDocument>(['train', ...at, '--epochs', '2', '--seed', '5']);
    assert.equal(run.code, 0, run.stderr);
    trained = run.document;
  });

  test('the same file again changes nothing', async () => {
    const { document } = await duecastJson<ImportDocument>(['import', sample, ...at]);
    assert.equal(document.batchId, null);
    assert.equal(document.rows.unchanged, 11200);
    const { document: batches } = await duecastJson<ImportsDocument>(['imports', ...at]);
    assert.equal(batches.imports.length, 1);
  });

  test('training splits customers, trains every kind and judges it', () => {
    const { split, models, settings, backend, testUses } = trained;
    assert.deepEqual([split.train.customers, split.validation.customers, split.test.customers], [96, 33, 31]);
    assert.deepEqual([split.train.events, split.validation.events, split.test.events], [29, 10, 9]);
    assert.equal(settings.window, 30);
    assert.equal(settings.horizon, 14);
    assert.equal(settings.labelRule, 'constant');
    // Windows end at steps 29 … 55, so that 14 steps follow each.
    assert.equal(split.train.windows, 96 * 27);
    assert.equal(backend.name, loadEngine('auto').name);
    assert.equal(testUses, 1);
    assert.deepEqual(
      models.map(({ kind }) => kind),
      ['lstm', 'cnn-lstm', 'lightgbm', 'logistic', 'ensemble'],
    );
    for (const { kind, test: metrics, parameters, history, windowsPerSecond } of models) {
      assert.ok(metrics.auc !== null && metrics.auc > 0.5 && metrics.auc <= 1, `${kind} ${metrics.auc}`);
      assert.ok(Math.abs((metrics.gini ?? 0) - (2 * metrics.auc - 1)) < 1e-9);
      if (kind === 'lstm') assert.equal(parameters, 33217);
      if (kind === 'ensemble') continue;
      assert.ok(history.length > 0 && windowsPerSecond > 0, kind);
    }
    assert.equal(models[0].history.length, 2);
  });

  test('a training repeats exactly from its seed', async () => {
    const { document } = await duecastJson<TrainDocument>([
      'train',
      ...at,
      '--epochs',
      '2',
      '--seed',
      '5',
      '--models',
      'lstm,lightgbm',
    ]);
    const figures = ({ history, test: metrics }: TrainDocument['models'][number]) => [
      history.map(({ loss, valLoss }) => [loss, valLoss]),
      metrics,
    ];
    const first = new Map(trained.models.map((model) => [model.kind, figures(model)]));
    for (const model of document.models.filter(({ kind }) => kind !== 'ensemble'))
      assert.deepEqual(figures(model), first.get(model.kind), model.kind);
    assert.equal(document.testUses > 1, true);
  });

  test('comparison judges all models on the same rows with intervals', async () => {
    const { document, code } = await duecastJson<CompareDocument>([
      'compare',
      ...at,
      '--experiment',
      trained.experimentId,
    ]);
    assert.equal(code, 0);
    assert.equal(document.rows.windows, trained.split.test.windows);
    assert.equal(document.models.length, 5);
    assert.equal(document.pairs.length, 10);
    for (const { id, metrics } of document.models) {
      const auc = trained.models.find((model) => model.id === id)?.test.auc ?? NaN;
      assert.ok(Math.abs((metrics.auc.value ?? NaN) - auc) < 1e-6);
      assert.ok((metrics.auc.low ?? 2) <= auc && auc <= (metrics.auc.high ?? -1));
    }
    assert.deepEqual(
      document.aucByStep.map(({ step }) => step),
      Array.from({ length: 27 }, (_, i) => 29 + i),
    );
    assert.ok(document.notes.some((note) => note.includes('calendar')));
  });

  test('scores every customer, by the champion once there is one', async () => {
    const champion = trained.models[3].id;
    const { document: models } = await duecastJson<ModelsDocument>(['models', ...at, '--champion', champion]);
    assert.deepEqual(
      models.models.filter((model) => model.champion).map(({ id }) => id),
      [champion],
    );
    const out = join(folder, 'scores.csv');
    const { document } = await duecastJson<ScoreDocument>(['score', ...at, '--out', out]);
    assert.equal(document.modelId, champion);
    assert.equal(document.customers, 160);
    assert.deepEqual(document.skipped, []);
    assert.equal(
      Object.values(document.levels).reduce((a, b) => a + b, 0),
      160,
    );
    const [header, ...lines] = readFileSync(out, 'utf8').trimEnd().split('\n');
    assert.ok(header.startsWith('customer_id,as_of,risk_score,risk_level,will_default,confidence,model_type'));
    assert.equal(lines.length, 160);
    assert.ok(header.endsWith(',seen_in_training,top_reasons'));

    const json = join(folder, 'scores.json');
    const asked = ['score', ...at, '--model', trained.models[4].id, '--out', json];
    const { document: byEnsemble } = await duecastJson<ScoreDocument>(asked);
    const scores = JSON.parse(readFileSync(json, 'utf8')) as CustomerScore[];
    assert.equal(scores[0].model_type, 'ensemble');
    for (const { risk_score: pd, risk_level: level, will_default: will, confidence } of scores) {
      assert.equal(level, levelOf(pd));
      assert.equal(will, pd >= 0.5);
      assert.equal(confidence, Math.max(pd, 1 - pd));
    }
    const listed = scores.filter(({ risk_level: level }) => level !== 'Low');
    assert.equal(byEnsemble.reasoned, listed.length);
    assert.deepEqual(byEnsemble.riskiest[0], scores[0]);
    for (const { risk_level: level, top_reasons: reasons } of scores) {
      assert.equal(reasons === null, level === 'Low');
      assert.ok(reasons === null || (reasons.length <= 3 && reasons.every(({ contribution }) => contribution > 0)));
    }
    assert.ok(
      listed.filter(({ top_reasons: reasons }) => /\d/.test(reasons?.[0]?.words ?? '')).length > listed.length / 2,
    );
  });

  test("a timeline's last point is the customer's score, by every model", async () => {
    const { document: score } = await duecastJson<ScoreDocument>(['score', ...at, '--model', trained.models[0].id]);
    const customer = score.riskiest[0].customer_id;
    const { document } = await duecastJson<TimelineDocument>([
      'timeline',
      ...at,
      '--customer',
      customer,
      '--experiment',
      trained.experimentId,
    ]);
    assert.equal(document.models.length, 5);
    for (const { points } of document.models)
      assert.deepEqual(
        points.map(({ step }) => step),
        Array.from({ length: 41 }, (_, i) => 29 + i),
      );
    const last = document.models[0].points.at(-1);
    assert.ok(Math.abs((last?.riskScore ?? NaN) - score.riskiest[0].risk_score) < 1e-6);
    const drawn = await runDuecast(['timeline', ...at, '--customer', customer]);
    assert.match(drawn.stdout, /100% ┤/);
  });

  test('cancelling a training registers nothing', async () => {
    const before = await duecastJson<ModelsDocument>(['models', ...at]);
    let sent = false;
    const { code, stdout } = await runDuecast(
      ['train', ...at, '--epochs', '500', '--models', 'lstm,cnn-lstm', '--json'],
      {
        onStderr(text, interrupt) {
          if (!sent && /epoch/.test(text)) {
            sent = true;
            interrupt();
          }
        },
      },
    );
    assert.equal(code, 130);
    assert.equal((JSON.parse(stdout) as ErrorDocument).error.code, 'cancelled');
    assert.deepEqual((await duecastJson<ModelsDocument>(['models', ...at])).document, before.document);
    assert.deepEqual(
      readdirSync(folder).filter((name) => /wal|shm|lock/.test(name)),
      [],
      'the portfolio is closed',
    );
  });

  test('an import can be undone', async () => {
    const other = join(folder, 'other.duecast');
    const { document } = await duecastJson<ImportDocument>(['import', sample, '--portfolio', other]);
    const undone = await duecastJson<UndoDocument>(['undo-import', String(document.batchId), '--portfolio', other]);
    assert.equal(undone.document.removed >= 11200, true);
    const again = await duecastJson<ImportDocument>(['import', sample, '--portfolio', other]);
    assert.equal(again.document.rows.accepted, 11200);
  });

  test('an import that keeps nothing leaves no new portfolio', async () => {
    const other = join(folder, 'unused.duecast');
    for (const words of [[sample, '--dry-run'], [join(folder, 'absent.csv')]]) {
      await runDuecast(['import', ...words, '--portfolio', other]);
      assert.equal(existsSync(other), false, words.join(' '));
    }
  });

  test('what goes wrong is said, with its exit code', async () => {
    const cases: [string[], number, string][] = [
      [['train', ...at, '--epochs', 'many'], 2, 'usage'],
      [['train', ...at, '--models', 'forest'], 2, 'usage'],
      [['train', ...at, '--label-rule', 'event'], 2, 'usage'],
      [['train', ...at, '--split-seed', '99'], 1, 'not-allowed'],
      [['train', ...at, '--window', '69', '--label-rule', 'constant'], 1, 'too-small'],
      [['nonsense'], 2, 'usage'],
      [['import', '--portfolio', portfolio], 2, 'usage'],
      [['import', join(folder, 'absent.csv'), ...at], 1, 'file-missing'],
      [['score', '--portfolio', join(folder, 'absent.duecast')], 1, 'portfolio-missing'],
      [['score', '--portfolio', sample], 1, 'portfolio-invalid'],
      [['score', ...at, '--model', '999'], 1, 'not-found'],
      [['score', ...at, '--out', 'scores.xls'], 2, 'usage'],
      [['score', ...at, '--out', join(folder, 'absent', 'scores.csv')], 1, 'file-missing'],
      [['train', ...at, '--gap', '-1'], 2, 'usage'],
      [['timeline', ...at, '--customer', 'nobody'], 1, 'not-found'],
      [['generate', '--out', sample], 1, 'file-exists'],
      [['undo-import', '77', ...at], 1, 'not-found'],
      [['demo', '--portfolio', portfolio], 1, 'file-exists'],
    ];
    for (const [words, code, name] of cases) {
      const run = await duecastJson<ErrorDocument>(words);
      assert.equal(run.code, code, words.join(' '));
      assert.equal(run.document.error.code, name, words.join(' '));
      assert.ok(run.document.error.message.length > 20);
    }
  });

  test('every model says why, and what it says adds up to the score', async () => {
    const { document: scored } = await duecastJson<ScoreDocument>(['score', ...at]);
    const [{ customer_id: customer, top_reasons: kept }] = scored.riskiest as [CustomerScore];
    const { document: drawn } = await duecastJson<TimelineDocument>(['timeline', ...at, '--customer', customer]);
    for (const { id, kind, points } of drawn.models) {
      const asked = ['explain', ...at, '--customer', customer, '--model', id];
      const { code, document, stderr } = await duecastJson<ExplainDocument>(asked);
      assert.equal(code, 0, stderr);
      const { base, score, features, steps, cells } = document;
      assert.deepEqual([document.modelId, document.kind, steps.length], [id, kind, 30]);
      assert.ok(Math.abs(score - points.at(-1)!.riskScore) < 1e-5, `${kind}: the score that is shown`);
      const sums = [features, steps].map((list) => list.reduce((sum, { contribution }) => sum + contribution, 0));
      sums.push(cells.flat().reduce((sum, value) => sum + value, 0));
      for (const sum of sums)
        assert.ok(Math.abs(sum - (score - base)) <= 0.01 * Math.abs(score - base), `${kind}: ${sum}`);
      assert.equal(document.logOdds !== null, kind === 'lightgbm' || kind === 'logistic');
      if (id !== scored.modelId) continue;
      const raising = document.reasons.filter(({ contribution }) => contribution > 0).slice(0, 3);
      assert.deepEqual(kept, raising, 'the scoring kept what is explained');
    }
    const { code, document } = await duecastJson<ErrorDocument>(['explain', ...at, '--customer', 'nobody']);
    assert.deepEqual([code, document.error.code], [1, 'not-found']);
  });

  test('without TensorFlow a demo trains and scores on WebAssembly, and says what asking for TensorFlow lacks', async () => {
    const env = { DUECAST_NO_TENSORFLOW: '1' };
    const file = join(folder, 'demo.duecast');
    const words = ['demo', '--customers', '60', '--days', '60', '--epochs', '1', '--portfolio', file];
    interface Demo {
      train: TrainDocument;
      score: ScoreDocument;
      timeline: TimelineDocument;
      [key: string]: unknown;
    }
    const { document, code, stderr } = await duecastJson<Demo>(words, { env });
    assert.equal(code, 0, stderr);
    for (const key of ['train', 'compare', 'score', 'timeline', 'seconds']) assert.ok(key in document, key);
    assert.ok(existsSync(file));
    const { backend, models, refused } = document.train;
    assert.deepEqual([backend.name, models.length, refused], ['wasm', 5, []]);
    assert.equal(document.timeline.models.length, 5);

    const refusedRun = await duecastJson<ErrorDocument>(
      ['train', '--portfolio', file, '--models', 'lstm', '--backend', 'tensorflow'],
      { env },
    );
    assert.deepEqual([refusedRun.code, refusedRun.document.error.code], [1, 'engine-missing']);
    assert.match(refusedRun.document.error.message, /--backend auto or wasm/);
  });

  test('networks that TensorFlow trained predict the same on WebAssembly', { skip: NATIVE_HIDDEN }, async () => {
    const asked = [...at, '--models', 'lstm,cnn-lstm', '--epochs', '2', '--backend', 'tensorflow'];
    const { document, code, stderr } = await duecastJson<TrainDocument>(['train', ...asked]);
    assert.equal(code, 0, stderr);
    assert.equal(document.backend.name, 'tensorflow');
    const compared = await duecastJson<CompareDocument>(['compare', ...at, '--experiment', document.experimentId]);
    for (const { kind, test: judged } of document.models) {
      const { metrics } = compared.document.models.find((model) => model.kind === kind)!;
      for (const name of ['auc', 'logLoss'] as const)
        assert.ok(Math.abs(metrics[name].value! - judged[name]!) < 1e-4, kind);
    }
  });
});
