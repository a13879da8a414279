import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { measure } from '../../src-main/evaluation/metrics.ts';
import { fitLightgbm, predictLightgbm } from '../../src-main/models/lightgbm.ts';
import {
  LIBRARY_VARIABLE,
  lightgbmPath,
  lightgbmVersion,
  loadLightgbm,
} from '../../src-main/models/lightgbm-library.ts';
import { tableOf, type FeatureTable, type LabelledTable } from '../../src-main/models/snapshot-features.ts';
import { createRandom } from '../../src-main/sequences/random.ts';

const SETTINGS = {
  rounds: 200,
  stopAfter: 20,
  learningRate: 0.1,
  leaves: 7,
  minimumRowsInLeaf: 20,
  seed: 1,
  threads: 1,
};
const NAMES = ['a', 'b', 'c', 'd'];

/** The event follows from `a`, and from whether `b` is there at all; `c` and `d` say nothing. */
function draw(seed: number, rows: number): LabelledTable {
  const random = createRandom(seed);
  const values = new Float32Array(rows * NAMES.length);
  const labels = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const missing = random.next() < 0.3;
    values.set([random.normal(), missing ? NaN : random.normal(), random.normal(), 0], i * NAMES.length);
    const logit = 2 * values[i * NAMES.length] + (missing ? 2 : -1);
    labels[i] = random.next() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  }
  return { table: tableOf(values, NAMES), labels };
}

const failsWith = (code: string) => (error: unknown) => {
  assert.ok(error instanceof DuecastError, String(error));
  assert.equal(error.code, code);
  return true;
};

test('learns a signal, and one that lies in what is missing', async () => {
  const test = draw(3, 1_000);
  const fit = await fitLightgbm(draw(1, 2_000), draw(2, 1_000), SETTINGS);
  const pd = await predictLightgbm(fit.modelText, test.table, { threads: 1 });
  const { auc, logLoss } = measure(pd, test.labels);
  assert.ok(auc! > 0.87, `AUC ${auc}`);
  assert.ok(logLoss < 0.48, `log-loss ${logLoss}`);
  const [there, gone] = await predictLightgbm(
    fit.modelText,
    tableOf(Float32Array.of(0, 0.5, 0, 0, 0, NaN, 0, 0), NAMES),
    { threads: 1 },
  );
  assert.ok(gone - there > 0.3, `${there} with a value, ${gone} without`);
});

test('stops early and keeps the best round', async () => {
  const validation = draw(2, 500);
  const fit = await fitLightgbm(draw(1, 600), validation, SETTINGS);
  assert.equal(fit.rounds, fit.history.length);
  assert.ok(fit.rounds < SETTINGS.rounds);
  assert.equal(fit.rounds, fit.bestRound + SETTINGS.stopAfter);
  const losses = fit.history.map(({ valLoss }) => valLoss);
  assert.equal(losses.indexOf(Math.min(...losses)) + 1, fit.bestRound);
  assert.deepEqual(
    fit.history.map(({ epoch }) => epoch),
    losses.map((_loss, i) => i + 1),
  );
  // The kept trees are those of the best round: they give its loss.
  const measured = measure(await predictLightgbm(fit.modelText, validation.table, { threads: 1 }), validation.labels);
  const best = fit.history[fit.bestRound - 1];
  assert.ok(Math.abs(measured.logLoss - best.valLoss) < 1e-6);
  assert.ok(Math.abs(measured.auc! - best.valAuc!) < 1e-9);
  assert.equal(fit.modelText.match(/^Tree=/gm)!.length, fit.bestRound);
  assert.ok(fit.leaves > fit.bestRound && fit.leaves <= fit.bestRound * SETTINGS.leaves);
});

test('goes on to the last round where validation still gains', async () => {
  const fit = await fitLightgbm(draw(1, 2_000), draw(2, 1_000), { ...SETTINGS, rounds: 5 });
  assert.deepEqual([fit.rounds, fit.bestRound], [5, 5]);
});

test('the same seed and rows give the same model', async () => {
  const fit = () => fitLightgbm(draw(1, 800), draw(2, 300), SETTINGS);
  assert.equal((await fit()).modelText, (await fit()).modelText);
});

interface Reference {
  columns: number;
  settings: Omit<typeof SETTINGS, 'stopAfter' | 'threads'>;
  training: { features: (number | null)[]; labels: number[] };
  validation: { features: (number | null)[]; labels: number[] };
  trainingLosses: number[];
  validationLosses: number[];
  validationAucs: number[];
  bestRound: number;
  pd: number[];
}

test("equals LightGBM's own Python package", async () => {
  const path = new URL('../fixtures/lightgbm/reference.json', import.meta.url);
  const reference = JSON.parse(readFileSync(path, 'utf8')) as Reference;
  const names = Array.from({ length: reference.columns }, (_column, i) => `x${i}`);
  const labelled = ({ features, labels }: Reference['training']): LabelledTable => ({
    table: tableOf(
      Float32Array.from(features, (value) => value ?? NaN),
      names,
    ),
    labels: Uint8Array.from(labels),
  });
  const validation = labelled(reference.validation);
  const settings = { ...reference.settings, stopAfter: reference.settings.rounds, threads: 1 };
  const fit = await fitLightgbm(labelled(reference.training), validation, settings);
  assert.equal(fit.bestRound, reference.bestRound);
  fit.history.forEach(({ loss, valLoss, valAuc }, i) => {
    assert.ok(Math.abs(loss - reference.trainingLosses[i]) < 1e-7, `training loss of round ${i + 1}`);
    assert.ok(Math.abs(valLoss - reference.validationLosses[i]) < 1e-7, `validation loss of round ${i + 1}`);
    assert.ok(Math.abs(valAuc! - reference.validationAucs[i]) < 1e-7, `validation AUC of round ${i + 1}`);
  });
  assert.equal(fit.history.length, reference.validationLosses.length);
  const pd = await predictLightgbm(fit.modelText, validation.table, { threads: 1 });
  pd.forEach((value, i) => assert.ok(Math.abs(value - reference.pd[i]) < 1e-6, `PD of row ${i}`));
});

test('more rows than a block or the sample holds come in whole', async () => {
  const many = draw(4, 60_000);
  const read: [number, number][] = [];
  const watched: FeatureTable = {
    ...many.table,
    read: (start, end) => {
      if (end - start > 1) read.push([start, end]);
      return many.table.read(start, end);
    },
  };
  const settings = { ...SETTINGS, rounds: 3 };
  const fit = await fitLightgbm({ ...many, table: watched }, draw(2, 500), settings);
  assert.equal(read[0][0], 0);
  assert.equal(read.at(-1)![1], 60_000);
  read.slice(1).forEach(([start], i) => assert.equal(start, read[i][1]));
  const pd = await predictLightgbm(fit.modelText, many.table, { threads: 1 });
  const { logLoss } = measure(pd, many.labels);
  assert.ok(Math.abs(logLoss - fit.history[2].loss) < 1e-6, 'the last block was trained on like the first');
});

test('features that say nothing leave the share of events', async () => {
  const [training, validation] = [draw(1, 400), draw(2, 200)];
  const empty = (rows: number) => tableOf(new Float32Array(rows * NAMES.length).fill(NaN), NAMES);
  const fit = await fitLightgbm({ ...training, table: empty(400) }, { ...validation, table: empty(200) }, SETTINGS);
  const share = training.labels.reduce((sum, label) => sum + label, 0) / 400;
  for (const pd of await predictLightgbm(fit.modelText, empty(3), { threads: 1 })) {
    assert.ok(Math.abs(pd - share) < 1e-6, `${pd} instead of ${share}`);
  }
});

test('a validation part without events has no AUC', async () => {
  const validation = draw(2, 200);
  const fit = await fitLightgbm(
    draw(1, 400),
    { ...validation, labels: new Uint8Array(200) },
    { ...SETTINGS, rounds: 3 },
  );
  assert.deepEqual(
    fit.history.map(({ valAuc }) => valAuc),
    [null, null, null],
  );
});

test('one outcome only, or no validation, is refused', async () => {
  const training = draw(1, 100);
  const same = { ...training, labels: new Uint8Array(100) };
  await assert.rejects(fitLightgbm(same, draw(2, 50), SETTINGS), failsWith('too-small'));
  await assert.rejects(fitLightgbm(training, draw(2, 0), SETTINGS), failsWith('too-small'));
});

test('a cancel gets through between rounds', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const progress = (round: number, rounds: number) => {
    assert.equal(rounds, 100_000);
    seen.push(round);
    setTimeout(() => controller.abort(), 0);
  };
  const endless = { ...SETTINGS, rounds: 100_000, stopAfter: 100_000, learningRate: 1e-4 };
  const run = fitLightgbm(draw(1, 2_000), draw(2, 500), endless, { signal: controller.signal, progress });
  await assert.rejects(run, failsWith('cancelled'));
  assert.ok(seen.length > 0 && seen.length < 100_000);
});

test('what the library refuses is said with its own words', async () => {
  const { modelText } = await fitLightgbm(draw(1, 400), draw(2, 200), { ...SETTINGS, rounds: 2 });
  const narrow = tableOf(new Float32Array(4), ['a', 'b']);
  await assert.rejects(predictLightgbm(modelText, narrow, { threads: 1 }), (error) => {
    assert.ok(failsWith('internal')(error));
    return /number of features/.test((error as DuecastError).detail!);
  });
  await assert.rejects(predictLightgbm('no model', draw(1, 5).table, { threads: 1 }), failsWith('internal'));
});

test('the library says its version; without it the error says what to do', () => {
  assert.match(lightgbmVersion()!, /^\d+\.\d+\.\d+/);
  assert.equal(loadLightgbm().version, lightgbmVersion());
  const folder = mkdtempSync(join(tmpdir(), 'duecast-lightgbm-'));
  const before = process.env[LIBRARY_VARIABLE];
  try {
    process.env[LIBRARY_VARIABLE] = join(folder, 'none.so');
    assert.equal(lightgbmPath(), join(folder, 'none.so'));
    assert.equal(lightgbmVersion(), null);
    assert.throws(
      loadLightgbm,
      (error) => failsWith('engine-missing')(error) && /doctor/.test((error as Error).message),
    );
    // A file that is no library.
    writeFileSync(join(folder, 'none.so'), 'text');
    assert.equal(lightgbmVersion(), 'unknown');
    assert.throws(loadLightgbm, failsWith('engine-missing'));
  } finally {
    if (before === undefined) delete process.env[LIBRARY_VARIABLE];
    else process.env[LIBRARY_VARIABLE] = before;
    rmSync(folder, { recursive: true });
  }
  assert.equal(loadLightgbm().version, lightgbmVersion());
});
