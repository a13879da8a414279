import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Estimate } from '../../src-main/ipc/documents.ts';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import type { EarlyDetection } from '../../src-main/ipc/early-detection.ts';
import { detectEarlyInBothTimes } from '../../src-main/evaluation/early-detection-out-of-time.ts';
import { detectEarly, type EarlyDetectionInput } from '../../src-main/evaluation/early-detection.ts';
import { USUAL_REQUEST } from '../../src-main/evaluation/early-detection-rule.ts';
import { createRandom, type Random } from '../../src-main/sequences/random.ts';
import { scoredTracks, type SmallTrack } from './early-detection-tracks.ts';

interface SampleCustomer extends SmallTrack {
  /** The day from which on trouble can be seen. */
  onset?: number;
}

/** Dated customers over 200 days; of each ten three default, at any day from 120 on, with an onset known. */
function sample(random: Random, customers: number, onsetBefore: () => number): SampleCustomer[] {
  return Array.from({ length: customers }, (_, i) => {
    if (i % 10 >= 3) return { from: 20, to: 199 };
    const event = random.integer(120, 199);
    return { from: 20, to: event - 1, event, onset: event - onsetBefore() };
  });
}

type Model = (customer: SampleCustomer, step: number) => number;
const perfect: Model = ({ onset }, step) => (onset !== undefined && step >= onset ? 1 : 0);
const late =
  (days: number): Model =>
  (customer, step) =>
    perfect(customer, step - days);

function input(
  validation: SampleCustomer[],
  customers: SampleCustomer[],
  models: Model[],
  over: Partial<EarlyDetectionInput> = {},
): EarlyDetectionInput {
  const scored = (group: SampleCustomer[]) =>
    scoredTracks(
      group,
      models.map((model) => (c: number, step: number) => model(group[c], step)),
    );
  return {
    timeStep: 'day',
    request: USUAL_REQUEST,
    isDated: true,
    models: models.map((_, m) => ({ id: String(m + 1), kind: 'lstm' })),
    validation: scored(validation),
    test: scored(customers),
    resamples: 1_000,
    seed: 1,
    ...over,
  };
}

const near = (actual: number | null, expected: number, by = 1e-9) =>
  assert.ok(actual !== null && Math.abs(actual - expected) <= by, `${actual} instead of ${expected}`);

/** No figure is NaN or infinite: JSON would lose it. */
function assertWhole(document: EarlyDetection) {
  assert.deepEqual(JSON.parse(JSON.stringify(document)), document);
}

test('a model that sees the onset has the lead times that are known', async () => {
  const random = createRandom(5);
  const customers = sample(random, 100, () => random.integer(3, 99));
  const document = await detectEarly(
    input(
      sample(random, 100, () => 40),
      customers,
      [perfect],
    ),
  );
  // Two days in a row: the alert comes a day after the onset. It counts up to 90 days before and until 7 days before.
  const leads = customers
    .filter(({ event }) => event !== undefined)
    .map(({ event, onset }) => Math.min(90, event! - onset! - 1))
    .map((lead) => (lead < 7 ? 0 : lead));
  const timely = leads.filter((lead) => lead > 0).sort((a, b) => a - b);
  const sum = timely.reduce((total, lead) => total + lead, 0);
  const [model] = document.models;
  assert.equal(document.reason, null);
  assert.equal(model.threshold, 1);
  near(model.timelyRecall.value, timely.length / leads.length);
  near(model.lead.detectedMean.value, sum / timely.length);
  near(model.lead.allMean.value, sum / leads.length);
  const middle = (sorted: number[]) =>
    (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
  near(model.lead.detectedMedian.value, middle(timely));
  near(model.lead.allMedian.value, middle([...leads].sort((a, b) => a - b)));
  for (const { days, recall } of model.recallAt)
    near(recall.value, leads.filter((lead) => lead >= days).length / leads.length);
  assert.deepEqual(
    model.recallAt.map(({ days }) => days),
    [90, 60, 30, 14, 7],
  );
  assert.equal(model.falseAlertsPer100.value, 0);
  assert.equal(model.controls.timelyRecall.value, 0);
  assert.ok(
    model.lead.allMean.low! < model.lead.allMean.value! && model.lead.allMean.value! < model.lead.allMean.high!,
  );
  assert.equal(document.days.length, 90);
  assert.deepEqual([document.days[0], document.days[89]], [90, 1]);
  assert.equal(model.curve.customers[90 - 30], Math.round(1e4 * model.recallAt[2].recall.value!) / 1e4);
  assertWhole(document);
});

test('a model that sees it five days later warns five days later, and the interval says so', async () => {
  const random = createRandom(6);
  const customers = sample(random, 200, () => random.integer(30, 80));
  const document = await detectEarly(
    input(
      sample(random, 100, () => 40),
      customers,
      [perfect, late(5), perfect],
    ),
  );
  const [later, same] = document.pairs;
  // Neither raises a false alert by its scores, so that both spend the budget by chance: on 2 of each 101.5 customers,
  // as always alerting would cost 6 in 5.91 months. There they are alike.
  const expected = 5 * (1 - 2 / ((6 * 100) / (180 / 30.4375)));
  near(later.leadAllMean.value, expected);
  assert.deepEqual([later.leadAllMean.low, later.leadAllMean.high], [null, null], 'no width');
  assert.ok(later.leadAllMean.p! < 0.01);
  assert.deepEqual(same, {
    a: '1',
    b: '3',
    leadAllMean: { value: 0, low: null, high: null, p: 1 },
    timelyRecall: { value: 0, low: 0, high: 0, p: 1 },
  });
});

test('what a model without skill reaches, the controls and the shuffled scores reach too', async () => {
  const held = { controls: 0, shuffled: 0, lead: 0 };
  const sums = { own: 0, controls: 0, shuffled: 0 };
  const portfolios = 5;
  for (let seed = 1; seed <= portfolios; seed++) {
    const random = createRandom(seed);
    const document = await detectEarly(
      input(
        sample(random, 400, () => 40),
        sample(random, 600, () => 40),
        [moodOf(random)],
      ),
    );
    const [{ timelyRecall, controls, shuffled, lead }] = document.models;
    const holds = ({ low, high }: Estimate, value: number | null) => (low! <= value! && value! <= high! ? 1 : 0);
    held.controls += holds(timelyRecall, controls.timelyRecall.value);
    held.shuffled += holds(timelyRecall, shuffled.timelyRecall);
    held.lead += holds(lead.allMean, shuffled.leadAllMean);
    sums.own += timelyRecall.value! / portfolios;
    sums.controls += controls.timelyRecall.value! / portfolios;
    sums.shuffled += shuffled.timelyRecall! / portfolios;
    assertWhole(document);
  }
  for (const [what, times] of Object.entries(held)) assert.ok(times >= portfolios - 2, `${what}: ${times}`);
  // 2 per 100 months; the time to be warned in is 84 days long, 2.76 months.
  for (const recall of Object.values(sums)) near(recall, 0.055, 0.015);
});

/** Scores that know nothing; moods that last some weeks, so that neighbouring days are alike. */
function moodOf(random: Random): Model {
  const moods = new Map<SampleCustomer, number[]>();
  return (customer, step) => {
    let mood = moods.get(customer);
    if (mood === undefined) {
      mood = [0];
      for (let day = 1; day < 200; day++) mood.push(0.9 * mood[day - 1] + random.normal());
      moods.set(customer, mood);
    }
    return mood[step];
  };
}

test('no interval of a recall or a lead time over all is negative', async () => {
  let atEdge = 0;
  for (let seed = 1; seed <= 4; seed++) {
    const random = createRandom(seed);
    const customers = sample(random, 80, () => 40);
    const { models } = await detectEarly(
      input(
        sample(random, 80, () => 40),
        customers,
        [moodOf(random)],
      ),
    );
    const [{ timelyRecall, lead, atEqualAlerts }] = models;
    const estimates = [timelyRecall, lead.allMean, atEqualAlerts.timelyRecall, atEqualAlerts.leadAllMean];
    for (const { low } of estimates) assert.ok(low === null || low >= 0, `${low}`);
    if (atEqualAlerts.leadAllMean.low === 0) atEdge++;
  }
  assert.ok(atEdge > 0);
});

test('shuffled, a model that knows loses what it knows', async () => {
  const random = createRandom(9);
  const customers = sample(random, 200, () => 60);
  const document = await detectEarly(
    input(
      sample(random, 100, () => 40),
      customers,
      [(customer, step) => perfect(customer, step) + 0.001 * ((step * 31) % 97)],
    ),
  );
  const [{ timelyRecall, shuffled }] = document.models;
  assert.equal(timelyRecall.value, 1);
  assert.ok(shuffled.timelyRecall! < 0.5, `${shuffled.timelyRecall}`);
});

test('one score for everyone is spent by chance: as much as the budget buys', async () => {
  const random = createRandom(10);
  const constant: Model = () => 0.5;
  const customers = sample(random, 100, () => 60);
  const document = await detectEarly(
    input(
      sample(random, 100, () => 40),
      customers,
      [constant, perfect],
    ),
  );
  const [flat] = document.models;
  assert.equal(flat.threshold, null, 'its only threshold costs far more than the budget');
  assert.equal(flat.timelyRecall.value, 0);
  assert.equal(flat.lead.detectedMean.value, null);
  assert.equal(flat.alertsPer1000.value, 0);
  // 180 days hold an alert each 31 days: six, in 5.91 months, is 101.5 per 100 months; two are 1.97% of them.
  const share = 2 / ((6 * 100) / (180 / 30.4375));
  near(flat.atEqualAlerts.timelyRecall.value, share);
  assertWhole(document);
});

test('thresholds come from validation customers alone', async () => {
  const random = createRandom(11);
  const noisy: Model = (customer, step) =>
    0.4 * perfect(customer, step) + ((step * 7919 + customer.to * 31) % 100) / 250;
  const validation = sample(random, 100, () => 40);
  const threshold = async (customers: SampleCustomer[]) =>
    (await detectEarly(input(validation, customers, [noisy]))).models[0].threshold;
  assert.equal(await threshold(sample(random, 80, () => 60)), await threshold(sample(random, 60, () => 20)));
});

test('months: the event after the last one, and three months are the farthest an alert counts', async () => {
  const customers = Array.from({ length: 60 }, (_, i): SampleCustomer =>
    i % 3 === 0 ? { from: 5, to: 11, event: 12, onset: i % 2 === 0 ? 8 : 10 } : { from: 5, to: 11 },
  );
  const document = await detectEarly(input(customers, customers, [perfect], { timeStep: 'month', isDated: false }));
  const [model] = document.models;
  assert.equal(document.eventTaken, 'step after the last');
  assert.match(document.notes.join('\n'), /No event has a date: it is taken as the month after a customer’s last one/);
  // Onsets four and two months before the event, half each.
  near(model.lead.allMean.value, ((3 + 2) / 2) * 30.4375);
  assert.deepEqual(document.days, [91.3, 60.9, 30.4]);
  assert.deepEqual(model.curve.customers, [0.5, 1, 1]);
  assert.equal(document.judged.controls, 40 * 10);
  assertWhole(document);
});

test('where nobody defaults, or there are too few, the reason stands instead of figures', async () => {
  const good = Array.from({ length: 20 }, (): SampleCustomer => ({ from: 0, to: 99 }));
  const bad = Array.from({ length: 20 }, (): SampleCustomer => ({ from: 0, to: 98, event: 99, onset: 60 }));
  const cases: [SampleCustomer[], SampleCustomer[], RegExp][] = [
    [good, good, /there are 0 test customers with an event/],
    [good, [...good, ...bad.slice(0, 4)], /there are 4 test customers with an event/],
    [good, [...good.slice(0, 3), ...bad], /there are 3 test customers without an event/],
    [bad, [...good, ...bad], /there are 0 validation customers without an event/],
    [[], [], /there are 0 test customers/],
  ];
  for (const [validation, customers, expected] of cases) {
    const document = await detectEarly(input(validation, customers, [perfect, late(3)]));
    assert.match(document.reason!, expected);
    assert.deepEqual(document.pairs, []);
    for (const { timelyRecall, lead, threshold } of document.models)
      assert.deepEqual([timelyRecall.value, lead.allMean.value, threshold], [null, null, null]);
    assertWhole(document);
  }
  const gone = Array.from({ length: 8 }, (): SampleCustomer => ({ from: 97, to: 99, event: 99, onset: 97 }));
  const { reason } = await detectEarly(input(good, [...good, ...gone], [perfect]));
  assert.match(reason!, /there are 0 test customers .* \(and 8 without a score in that time\)/);
});

test('repeats exactly, and is cancelled', async () => {
  const random = createRandom(12);
  const customers = sample(random, 60, () => random.integer(10, 80));
  const asked = input(customers, customers, [perfect, late(4)]);
  assert.deepEqual(await detectEarly(asked), await detectEarly(asked));
  await assert.rejects(
    detectEarly(asked, { signal: AbortSignal.abort() }),
    (error) => error instanceof DuecastError && error.code === 'cancelled',
  );
});

test('the time held out stands apart: its own events and scores, thresholds from before it', async () => {
  const random = createRandom(11);
  const customers = sample(random, 200, () => random.integer(3, 60));
  const heldOut = { step: 160, date: '2026-06-09' };
  // Of use before the time held out alone: a threshold that looked into that time would have to be above .5.
  const noisyLater: Model = (customer, step) =>
    perfect(customer, step) || (customer.onset !== undefined ? 0.4 : step >= heldOut.step ? 0.5 : 0);
  const asked = input(
    sample(random, 100, () => 40),
    customers,
    [perfect, noisyLater],
  );
  const { outOfTime, ...whole } = await detectEarlyInBothTimes({ ...asked, heldOut });
  assert.deepEqual(whole, await detectEarly(asked), 'what was there before is as it was');
  assert.deepEqual(outOfTime!.from, heldOut);
  // The second of two scores in a row can be at step 161 at the earliest.
  const later = customers.filter(({ event }) => event !== undefined && event >= heldOut.step);
  const judged = later.filter(({ event }) => event! - 161 >= 7);
  assert.deepEqual(
    [outOfTime!.judged.defaulters, outOfTime!.judged.leftOut, outOfTime!.judged.goodCustomers],
    [judged.length, later.length - judged.length, 140],
  );
  near(outOfTime!.judged.goodMonths, (140 * 40) / 30.4375);
  near(outOfTime!.validation.goodMonths, (70 * 140) / 30.4375);
  const leads = judged
    .map(({ event, onset }) => Math.min(event! - onset! - 1, event! - 161))
    .map((lead) => (lead < 7 ? 0 : lead));
  const [known, noisy] = outOfTime!.models;
  near(known.timelyRecall.value, leads.filter((lead) => lead > 0).length / leads.length);
  near(known.lead.allMean.value, leads.reduce((sum, lead) => sum + lead, 0) / leads.length);
  near(known.falseAlertsPer100.value, 0);
  const first = judged.reduce((sum, { event }) => sum + event! - 161, 0) / judged.length;
  near(outOfTime!.judged.leadCeiling!, first);
  assert.ok(outOfTime!.notes.some((note) => note.includes(`can be ${first.toFixed(1)} days at most`)));
  assert.ok(noisy.threshold! < 0.5, 'the threshold is that of the time before');
  assert.ok(noisy.falseAlertsPer100.value! > 50, 'and what that does later is seen');
  assert.equal(outOfTime!.judged.reachable.find(({ days }) => days === 60)!.defaulters, 0);
  assert.ok(outOfTime!.notes.some((note) => /no model was trained on/.test(note)));
  assertWhole({ ...whole, outOfTime: outOfTime! });
});

test('too few events in the time held out are said, not measured', async () => {
  const random = createRandom(3);
  const customers = sample(random, 100, () => 40);
  const asked = input(customers, customers, [perfect]);
  const document = await detectEarlyInBothTimes({ ...asked, heldOut: { step: 197, date: null } });
  assert.equal(document.reason, null);
  assert.match(document.outOfTime!.reason!, /in the time held out can’t be told: there are 0 test customers/);
  assert.equal(document.outOfTime!.models[0].timelyRecall.value, null);
  assert.equal((await detectEarlyInBothTimes({ ...asked, heldOut: null })).outOfTime, null);
});
