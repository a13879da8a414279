import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Database from 'better-sqlite3';
import type {
  CompareDocument,
  ModelKind,
  ModelsDocument,
  TimelineDocument,
  TrainDocument,
} from '../../src-main/ipc/documents.ts';
import { logit } from '../../src-main/models/calibration/platt.ts';
import { duecastJson, runDuecast } from './run-duecast.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecast-calibration-'));
const portfolio = join(folder, 'p.duecast');
after(() => rmSync(folder, { recursive: true, force: true }));

const json = async <T>(...words: string[]): Promise<T> => {
  const { code, document, stderr } = await duecastJson<T>([...words, '--portfolio', portfolio]);
  assert.equal(code, 0, stderr);
  return document;
};
const train = (...words: string[]) => json<TrainDocument>('train', '--window', '8', '--epochs', '4', ...words);
const modelOf = ({ models }: TrainDocument, kind: ModelKind) => models.find((model) => model.kind === kind)!;

const scored = new Map<string, Map<string, number>>();

/** The PD of every customer, by id; asked for once a model. */
async function scores(modelId: string): Promise<Map<string, number>> {
  const known = scored.get(modelId);
  if (known !== undefined) return known;
  const file = join(folder, 'scores.json');
  await json('score', '--model', modelId, '--out', file);
  const rows = JSON.parse(readFileSync(file, 'utf8')) as { customer_id: string; risk_score: number }[];
  const pds = new Map(rows.map(({ customer_id: id, risk_score: pd }) => [id, pd]));
  scored.set(modelId, pds);
  return pds;
}

describe('a calibrated model on the command line', () => {
  let plain: TrainDocument;
  let platt: TrainDocument;
  let isotonic: TrainDocument;

  before(async () => {
    const csv = join(folder, 'all.csv');
    const early = join(folder, 'early.csv');
    await runDuecast(['generate', '--out', csv, '--customers', '120', '--days', '40', '--seed', '5']);
    const [header, ...lines] = readFileSync(csv, 'utf8').trim().split('\n');
    const day = header.split(',').indexOf('day');
    const kept = lines.filter((line) => Number(line.split(',')[day]) < 34);
    writeFileSync(early, [header, ...kept].join('\n'));
    await json('import', early);
    plain = await train('--models', 'cnn-lstm,logistic');
    platt = await train('--models', 'cnn-lstm,logistic', '--calibration', 'platt', '--ensemble-weight', 'fitted');
    isotonic = await train('--models', 'logistic', '--calibration', 'isotonic');
    // Days that no model has seen.
    await json('import', csv);
  });

  test('says how it was calibrated, and what the ensemble weighs', async () => {
    assert.equal(plain.settings.calibration, 'none');
    assert.ok(plain.models.every(({ calibration }) => calibration === null));
    assert.equal(platt.settings.calibration, 'platt');
    assert.ok(platt.models.every(({ calibration }) => calibration?.method === 'platt'));
    assert.ok(isotonic.models.every(({ calibration }) => calibration?.method === 'isotonic'));
    assert.ok(Math.abs(modelOf(plain, 'ensemble').ensemble!.sequenceShare - 0.7) < 1e-9);
    const { ensemble } = modelOf(platt, 'ensemble');
    assert.equal(ensemble!.weight, 'fitted');
    const { models } = await json<ModelsDocument>('models');
    assert.deepEqual(models.find(({ id }) => id === modelOf(platt, 'ensemble').id)!.ensemble, ensemble);
    assert.deepEqual(
      models.map(({ calibration }) => calibration?.method ?? null),
      [null, null, null, 'platt', 'platt', 'platt', 'isotonic'],
    );
  });

  test('is chosen by what it told before it was calibrated on the same customers', async () => {
    const { validation, test: held } = modelOf(isotonic, 'logistic');
    assert.deepEqual(validation, modelOf(plain, 'logistic').validation);
    assert.notDeepEqual(held, modelOf(plain, 'logistic').test, 'what it says is calibrated');
    assert.deepEqual(modelOf(platt, 'cnn-lstm').validation, modelOf(plain, 'cnn-lstm').validation);
  });

  test('scores days that came later with its calibrated PDs', async () => {
    for (const kind of ['cnn-lstm', 'logistic'] as const) {
      const { id, calibration } = modelOf(platt, kind);
      assert.ok(calibration?.method === 'platt');
      const [raw, calibrated] = [await scores(modelOf(plain, kind).id), await scores(id)];
      assert.equal(calibrated.size, 120);
      for (const [customer, pd] of calibrated) {
        const expected = calibration.slope * logit(raw.get(customer)!) + calibration.intercept;
        assert.ok(Math.abs(pd - 1 / (1 + Math.exp(-expected))) < 1e-5, `${kind}, ${customer}`);
      }
    }
    const levels = await scores(modelOf(isotonic, 'logistic').id);
    assert.ok([...levels.values()].every((pd) => pd > 0 && pd < 1));
  });

  test('draws its timeline with them, the ensemble’s too', async () => {
    const [customer] = (await scores(modelOf(platt, 'ensemble').id)).keys();
    const { models } = await json<TimelineDocument>('timeline', '--customer', customer, '--experiment', '2');
    for (const { id, kind, points } of models) {
      const pd = (await scores(id)).get(customer)!;
      assert.ok(Math.abs(points.at(-1)!.riskScore - pd) < 1e-6, kind);
    }
  });

  test('is compared by them, and the comparison says so', async () => {
    const compare = (id: string) => json<CompareDocument>('compare', '--experiment', id);
    const [before, smooth, stepped] = [await compare('1'), await compare('2'), await compare('3')];
    const aucOf = ({ models }: CompareDocument, kind: ModelKind) =>
      models.find((model) => model.kind === kind)!.metrics.auc.value!;
    assert.ok(Math.abs(aucOf(before, 'cnn-lstm') - aucOf(smooth, 'cnn-lstm')) < 1e-3);
    assert.ok(smooth.notes.some((note) => /Platt’s sigmoid/.test(note)));
    assert.ok(stepped.notes.some((note) => /isotonic regression/.test(note) && /ties/.test(note)));
    assert.ok(before.notes.every((note) => !/calibrated/.test(note)));
    const brier = smooth.models[1].metrics.brier.value!;
    assert.ok(Math.abs(modelOf(platt, 'logistic').test.brier - brier) < 1e-9);
  });

  test('a model stored by an earlier version still scores as it did', async () => {
    const { id } = modelOf(plain, 'ensemble');
    const before = await scores(id);
    const db = new Database(portfolio);
    db.exec(`UPDATE models SET configuration = json_remove(configuration, '$.calibration', '$.weight')`);
    db.exec(`UPDATE experiments SET settings = json_remove(settings, '$.calibration', '$.ensembleWeight')`);
    db.close();
    scored.clear();
    assert.deepEqual(await scores(id), before);
    const { models } = await json<ModelsDocument>('models');
    assert.deepEqual(models.find((model) => model.id === id)!.ensemble, { sequenceShare: 0.7, weight: 'recipe' });
    assert.ok(models.every(({ calibration }) => calibration === null));
  });

  test('an unknown method is refused as wrong usage', async () => {
    const { code, stderr } = await runDuecast(['train', '--portfolio', portfolio, '--calibration', 'beta']);
    assert.equal(code, 2);
    assert.match(stderr, /none, platt, isotonic/);
  });
});
