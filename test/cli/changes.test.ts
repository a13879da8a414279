import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { formatChanges } from '../../src-main/cli/commands/changes.ts';
import type { ChangesDocument, Standing } from '../../src-main/ipc/changes.ts';
import type { CustomerScore, ImportDocument, ScoreDocument, TrainDocument } from '../../src-main/ipc/documents.ts';
import { cutByDate } from '../sample/cut-by-date.ts';
import { duecastJson, runDuecast } from './run-duecast.ts';

const MONTHS = ['2026-03-01', '2026-03-15', '2026-03-31'] as const;
const HORIZON_DAYS = 14;
const dayOf = (iso: string) => Date.parse(iso) / 86_400_000;

describe('what changed between two scorings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecast-changes-'));
  const sample = join(folder, 'sample.csv');
  const at = ['--portfolio', join(folder, 'sample.duecast')];
  const months = MONTHS.map((until) => ({ until, path: join(folder, `${until}.csv`) }));
  const scored: CustomerScore[][] = [];
  const events = new Map<string, string>();
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function done<T>(...words: string[]): Promise<T> {
    const { code, document, stderr } = await duecastJson<T>([...words, ...at]);
    assert.equal(code, 0, stderr);
    return document;
  }

  async function score(...words: string[]): Promise<CustomerScore[]> {
    const out = join(folder, `scores-${scored.length}.json`);
    await done<ScoreDocument>('score', '--out', out, ...words);
    const scores = JSON.parse(readFileSync(out, 'utf8')) as CustomerScore[];
    scored.push(scores);
    return scores;
  }

  before(async () => {
    await runDuecast(['generate', '--out', sample, '--customers', '160', '--days', '90', '--seed', '7', '--dates']);
    const [header, ...lines] = readFileSync(sample, 'utf8').trimEnd().split('\n');
    const column = header.split(',').indexOf('event_date');
    for (const line of lines) {
      const cells = line.split(',');
      if (cells[column] !== '') events.set(cells[0], cells[column]);
    }
    cutByDate(sample, months);
    await done<ImportDocument>('import', months[0].path);
    await done<TrainDocument>('train', '--models', 'logistic,lightgbm', '--horizon', String(HORIZON_DAYS));
    await score('--model', '2');
  });

  test('one scoring has nothing to compare with', async () => {
    const { code, document } = await duecastJson<{ error: { code: string; message: string } }>(['changes', ...at]);
    assert.equal(code, 1);
    assert.equal(document.error.code, 'too-small');
    assert.match(document.error.message, /Import next month's export and score again/);
  });

  test('transitions, list and means are those of the two lists of scores', async () => {
    await done<ImportDocument>('import', months[1].path);
    await score('--model', '2');
    const changes = await done<ChangesDocument>('changes');
    const [earlier, later] = scored.map((scores) => new Map(scores.map((one) => [one.customer_id, one])));
    const counts = new Map<string, number>();
    const both: [number, number][] = [];
    for (const id of new Set([...earlier.keys(), ...later.keys()])) {
      const [from, to] = [earlier.get(id), later.get(id)];
      const key = `${from?.risk_level ?? 'none'} ${to?.risk_level ?? 'none'}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (from !== undefined && to !== undefined) both.push([from.risk_score, to.risk_score]);
    }
    for (const [from, row] of Object.entries(changes.transitions)) {
      for (const [to, customers] of Object.entries(row)) {
        assert.equal(customers, counts.get(`${from} ${to}`) ?? 0, `${from} to ${to}`);
      }
    }
    const sum = (pick: (from: Standing, to: Standing) => boolean) =>
      [...counts].reduce(
        (total, [key, customers]) => (pick(...(key.split(' ') as [Standing, Standing])) ? total + customers : total),
        0,
      );
    const watched = (standing: Standing) => standing === 'Critical' || standing === 'High';
    assert.equal(
      changes.list.entered,
      sum((from, to) => watched(to) && !watched(from)),
    );
    assert.equal(
      changes.list.left,
      sum((from, to) => watched(from) && !watched(to)),
    );
    assert.equal(
      changes.list.after,
      sum((_, to) => watched(to)),
    );
    assert.ok(changes.list.entered > 0 && changes.list.left > 0);
    assert.equal(changes.customers.both, both.length);
    // Nobody's rows end but with the event.
    assert.equal(changes.customers.gone, changes.customers.goneAfterEvent);
    assert.equal(
      changes.customers.gone,
      [...earlier.keys()].filter((id) => (events.get(id) ?? '9999') <= MONTHS[1]).length,
    );
    const mean = (side: 0 | 1) => both.reduce((total, pair) => total + pair[side], 0) / both.length;
    assert.ok(Math.abs(changes.meanPd.from! - mean(0)) < 1e-9 && Math.abs(changes.meanPd.to! - mean(1)) < 1e-9);
    const largest = both.reduce((most, [from, to]) => Math.max(most, to - from), 0);
    assert.equal(changes.rises[0].change, largest);
    assert.deepEqual([changes.sameModel, changes.warnings], [true, []]);
    assert.deepEqual([changes.from.asOf, changes.to.asOf], [MONTHS[0], MONTHS[1]]);
  });

  test('a difference is rounded last', async () => {
    const document = await done<ChangesDocument>('changes');
    const rise = { ...document.rises[0], from: 0.10449, to: 0.26795, change: 0.26795 - 0.10449 };
    const meanPd = { from: rise.from, to: rise.to };
    const text = formatChanges({ ...document, rises: [rise], meanPd });
    assert.match(text, /10\.4% → 26\.8% \(\+16\.3 points\)/);
    assert.match(text, /10\.4% +26\.8% +\+16\.3 points/);
  });

  test('the drift of a feature is that of its values on the two days', async () => {
    const { drift } = await done<ChangesDocument>('changes');
    const [header, ...lines] = readFileSync(sample, 'utf8').trimEnd().split('\n');
    const names = header.split(',');
    const on = (day: string, name: string) => {
      const known = new Set(scored[MONTHS.indexOf(day as (typeof MONTHS)[number])].map((one) => one.customer_id));
      return lines
        .map((line) => line.split(','))
        .filter((cells) => cells[names.indexOf('date')] === day && known.has(cells[0]))
        .map((cells) => Number(cells[names.indexOf(name)]))
        .sort((a, b) => a - b);
    };
    const middle = (values: number[]) => (values[(values.length - 1) >> 1] + values[values.length >> 1]) / 2;
    assert.equal(drift.length, 10);
    const savings = drift.find(({ feature }) => feature === 'savings_amount')!;
    for (const [side, day] of [
      ['from', MONTHS[0]],
      ['to', MONTHS[1]],
    ] as const) {
      assert.ok(Math.abs(savings.median[side]! - middle(on(day, 'savings_amount'))) < 0.01, side);
      assert.equal(savings.missing[side], 0);
    }
    assert.ok(drift.every((one, i) => i === 0 || one.stability!.psi <= drift[i - 1].stability!.psi));
  });

  test('the warnings that came true are those whose event came within the horizon', async () => {
    const { scorings } = await done<ChangesDocument>('changes');
    assert.deepEqual(
      scorings.map(({ scoringId, notJudged }) => [scoringId, notJudged]),
      [
        ['1', null],
        ['2', 'The horizon ends on 2026-03-29; the data reaches 2026-03-15.'],
      ],
    );
    const outcome = scorings[0].outcome!;
    const within = ({ customer_id: id }: CustomerScore) => {
      const ahead = dayOf(events.get(id) ?? '9999-01-01') - dayOf(MONTHS[0]);
      return ahead > 0 && ahead <= HORIZON_DAYS;
    };
    const warned = scored[0].filter(({ risk_score: pd }) => pd >= 0.5);
    const others = scored[0].filter(({ risk_score: pd }) => pd < 0.5);
    assert.deepEqual(
      [outcome.until, outcome.customers, outcome.events],
      [MONTHS[1], scored[0].length, scored[0].filter(within).length],
    );
    assert.deepEqual([outcome.warned.customers, outcome.warned.events], [warned.length, warned.filter(within).length]);
    assert.deepEqual(
      [outcome.notWarned.customers, outcome.notWarned.events],
      [others.length, others.filter(within).length],
    );
    assert.ok(outcome.events > 0 && outcome.warned.events > 0);
    assert.equal(outcome.caught.value, outcome.warned.events / outcome.events);
    const brier =
      scored[0].reduce((sum, one) => sum + (one.risk_score - Number(within(one))) ** 2, 0) / scored[0].length;
    assert.ok(Math.abs(outcome.brier.value! - brier) < 1e-9);
    assert.ok(outcome.auc.low! <= outcome.auc.value! && outcome.auc.value! <= outcome.auc.high!);
  });

  test('two models, and two scorings of one day, are said so loudly', async () => {
    await score('--model', '1');
    const changes = await done<ChangesDocument>('changes');
    assert.equal(changes.sameModel, false);
    assert.deepEqual([changes.from.scoringId, changes.to.scoringId], ['2', '3']);
    assert.match(changes.warnings[0], /^Two different models: model 2, then model 1\./);
    assert.match(changes.warnings[1], /^Both scorings are as of 2026-03-15/);
    assert.deepEqual([changes.drift[0].stability!.psi, changes.customers.gone], [0, 0]);
    const { stdout } = await runDuecast(['changes', ...at]);
    assert.match(stdout, /^! Two different models/m);
    assert.match(stdout, /^▲ Critical /m);
    assert.match(stdout, /^Scoring 2: The horizon ends on 2026-03-29/m);
  });

  test('any two can be chosen, the earlier one first', async () => {
    const changes = await done<ChangesDocument>('changes', '--from', '1', '--to', '2');
    assert.deepEqual([changes.from.scoringId, changes.to.scoringId, changes.sameModel], ['1', '2', true]);
    const before3 = await done<ChangesDocument>('changes', '--from', '1');
    assert.equal(before3.to.scoringId, '3');
    const failed = async (...words: string[]) =>
      (await duecastJson<{ error: { code: string } }>(['changes', ...at, ...words])).document.error.code;
    assert.equal(await failed('--from', '2', '--to', '1'), 'usage');
    assert.equal(await failed('--from', '9'), 'not-found');
    assert.equal(await failed('--to', '1'), 'too-small');
  });

  test('after the import between is undone, its rows are left out and nothing is judged on it', async () => {
    await done('undo-import', '2');
    const undone = await done<ChangesDocument>('changes', '--from', '1', '--to', '2');
    assert.deepEqual(undone.rowsGone, { from: 0, to: scored[1].length });
    assert.ok(undone.drift.every(({ stability, reason }) => stability === null && reason !== null));
    assert.equal(undone.scorings[0].outcome, null);
    assert.equal(undone.scorings[0].notJudged, 'The horizon ends on 2026-03-15; the data reaches 2026-03-01.');
    assert.ok(undone.notes.some((note) => note.startsWith('Data has changed since the later scoring')));
    assert.equal(undone.list.entered > 0, true, 'the scores stay');

    await score('--model', '2');
    const back = await done<ChangesDocument>('changes');
    assert.ok(back.warnings.some((warning) => warning.includes('an import was undone between them')));

    await done<ImportDocument>('import', months[1].path);
    const again = await done<ChangesDocument>('changes', '--from', '1', '--to', '2');
    assert.deepEqual(again.rowsGone, { from: 0, to: 0 });
    assert.notEqual(again.scorings[0].outcome, null);
  });
});
