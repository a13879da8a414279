import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { SanityCheck, SanityDocument } from '../../src-main/ipc/sanity.ts';
import { checkPortfolio } from '../../src-main/processes/check-portfolio.ts';
import { checkShuffled } from '../../src-main/processes/check-shuffled.ts';
import type { SanityRequest } from '../../src-main/processes/model-api.ts';
import type { SettingPairs } from '../../src-main/ipc/views.ts';
import type { CallContext } from '../../src-main/processes/rpc.ts';
import { createStoreHandlers } from '../../src-main/processes/store-handlers.ts';
import { generateSample } from '../../src-main/sample/generate.ts';
import { countLooks } from '../../src-renderer/sanity/check-words.ts';

const UCI = fileURLToPath(new URL('../fixtures/uci-credit-card/UCI_Credit_Card.csv', import.meta.url));
const quiet = (signal = new AbortController().signal): CallContext => ({ signal, progress: () => undefined });
const request = (path: string, more: Partial<SanityRequest> = {}): SanityRequest => ({
  path,
  experimentId: null,
  requested: { windowSteps: null, horizonSteps: null, gapSteps: null, labelRule: null },
  splitSeed: null,
  without: null,
  planned: true,
  ...more,
});

let folder: string;
/** The sample, line by line: customer, day … flag. */
let sample: string[][];
let header: string[];

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duecast-check-'));
  const out = join(folder, 'sample.csv');
  await generateSample({ out, customers: 150, days: 60, seed: 5, dates: false });
  const [first, ...lines] = readFileSync(out, 'utf8').trimEnd().split('\n');
  header = first.split(',');
  sample = lines.map((line) => line.split(','));
});

after(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
/** A portfolio of the sample's lines, with one more column where there is a name for it. */
async function portfolioOf(
  lines: string[][],
  column?: string,
  cell?: (line: string[], i: number) => string,
  settings: SettingPairs = [],
) {
  const file = join(folder, `export-${++made}.csv`);
  const rows = column === undefined ? lines : lines.map((line, i) => [...line, cell!(line, i)]);
  const head = column === undefined ? header : [...header, column];
  writeFileSync(file, `${[head, ...rows].map((row) => row.join(',')).join('\n')}\n`);
  return imported(file, settings);
}

async function imported(file: string, settings: SettingPairs = []): Promise<string> {
  const path = join(folder, `portfolio-${++made}.duecast`);
  const store = createStoreHandlers();
  await store.open({ path, create: true }, quiet());
  await store.importFile({ file, profile: null, settings, dryRun: false, onConflict: 'keep' }, quiet());
  await store.close({}, quiet());
  return path;
}

const flagOf = (line: string[]) => line[12];
const checkOf = ({ checks }: SanityDocument, key: SanityCheck['key']) =>
  checks.find((check) => check.key === key) as SanityCheck;
const inputOf = ({ inputs }: SanityDocument, name: string) => inputs.find(({ input }) => input === name)!;

describe('a column that is the outcome', () => {
  test('there is none in the sample', async () => {
    const document = await checkPortfolio(request(await portfolioOf(sample)), quiet());
    assert.deepEqual(
      document.checks.filter(({ mark }) => mark === 'look').map(({ key }) => key),
      ['labels'],
      'only what one flag for all windows means',
    );
    assert.deepEqual([document.checks.at(-1)?.key, document.checks.at(-1)?.mark], ['time', 'not-made']);
    const { checks } = document;
    assert.equal(countLooks(checks), '1 of 9 checks to look at, 1 could not be made');
    assert.equal(countLooks(checks.slice(1)), '7 checks passed, 1 could not be made');
    assert.equal(countLooks(checks.slice(1, -1)), 'all 7 checks passed');
    assert.deepEqual(
      document.parts.map(({ part, customers, windows, events, from, to }) => [
        part,
        customers,
        windows,
        events,
        from.step,
        to.step,
      ]),
      [
        ['train', 90, 90 * 17, 27, 0, 45],
        ['validation', 30, 30 * 17, 9, 0, 45],
        ['test', 30, 30 * 17, 9, 0, 45],
      ],
    );
    assert.deepEqual(document.unlabelled, { unknown: 150 * 14, dropped: 0 });
    assert.deepEqual([document.inTwoParts, document.embargo, document.length], [[], null, null]);
    assert.equal(document.position?.auc, 0.5);
    assert.ok(inputOf(document, 'failed_autodebits').measures[0].auc > 0.8);
    assert.ok(inputOf(document, 'failed_autodebits').atStart.value! < 0.6);
  });

  test('is found where it is the outcome', async () => {
    const path = await portfolioOf(sample, 'closed_by_bank', (line) => String(3 + 4 * Number(flagOf(line))));
    const document = await checkPortfolio(request(path), quiet());
    const { auc, higherIsRiskier, validation } = inputOf(document, 'closed_by_bank').measures[0];
    assert.deepEqual([auc, higherIsRiskier, validation], [1, true, 1]);
    const check = checkOf(document, 'inputs');
    assert.deepEqual(
      [check.mark, check.title, check.inputs],
      ['look', 'closed_by_bank may be the outcome', ['closed_by_bank']],
    );
    assert.match(check.advice!, /leave it out/);
  });

  test('is found in a history with noise, in the other direction', async () => {
    const noisy = (line: string[], i: number) =>
      String((i * 7919) % 20 === 0 ? Number(flagOf(line)) : 1 - Number(flagOf(line)));
    const document = await checkPortfolio(request(await portfolioOf(sample, 'standing', noisy)), quiet());
    const { measures, atStart, kind } = inputOf(document, 'standing');
    const last = measures.find(({ measure }) => measure === 'last')!;
    assert.ok(kind === 'history' && last.auc > 0.9 && last.auc < 0.99 && !last.higherIsRiskier);
    assert.ok(atStart.value! > 0.85);
    assert.deepEqual(checkOf(document, 'inputs').inputs, ['standing']);
  });

  test('is found where only customers with an event have a value', async () => {
    const written = (line: string[], i: number) => (flagOf(line) === '1' ? String((i * 31) % 97) : '');
    const document = await checkPortfolio(request(await portfolioOf(sample, 'collections_calls', written)), quiet());
    assert.equal(checkOf(document, 'inputs').mark, 'fine');
    const check = checkOf(document, 'missing');
    assert.deepEqual([check.mark, check.inputs], ['look', ['collections_calls']]);
    assert.match(check.text, /customers without an event have none/);
  });

  test('is found in an attribute that no model reads, and then does no harm', async () => {
    const path = await portfolioOf(sample, 'sex', flagOf, [{ key: 'static', value: 'sex' }]);
    const document = await checkPortfolio(request(path), quiet());
    assert.equal(inputOf(document, 'sex').used, false);
    const check = checkOf(document, 'inputs');
    assert.deepEqual([check.mark, check.inputs], ['fine', []]);
    assert.match(check.text, /sex \(1\.00\) may be the outcome, but no model reads it: leave it so/);
  });

  test('is no input once it is left out', async () => {
    const path = await portfolioOf(sample, 'closed_by_bank', flagOf);
    const document = await checkPortfolio(request(path, { without: ['closed_by_bank'] }), quiet());
    assert.deepEqual(document.settings.without, ['closed_by_bank']);
    assert.deepEqual([inputOf(document, 'closed_by_bank').used, checkOf(document, 'inputs').mark], [false, 'fine']);
  });
});

describe('what is no behaviour', () => {
  test('a number of rows that tells the outcome', async () => {
    const cut = sample.filter((line) => flagOf(line) === '0' || Number(line[1]) < 52);
    const document = await checkPortfolio(request(await portfolioOf(cut)), quiet());
    assert.deepEqual([document.length?.auc, document.length?.higherIsRiskier], [1, false]);
    assert.match(checkOf(document, 'length').text, /customers with an event have fewer rows/);
    assert.equal(checkOf(document, 'length').mark, 'look');
  });

  test('the same customers under two ids', async () => {
    const twice = sample.filter(([customer]) => Number(customer.slice(1)) % 10 === 0);
    const copies = twice.map(([customer, ...rest]) => [`X${customer}`, ...rest]);
    const path = await portfolioOf([...sample, ...copies]);
    const { twins, ...document } = await checkPortfolio(request(path), quiet());
    assert.deepEqual([twins.groups.length, twins.customers], [15, 30]);
    assert.ok(
      twins.acrossParts > 0 && twins.acrossParts === twins.groups.filter(({ acrossParts }) => acrossParts).length,
    );
    for (const { customers } of twins.groups) assert.equal(`X${customers[0].customer}`, customers[1].customer);
    const check = checkOf({ twins, ...document }, 'twins');
    assert.equal(check.mark, 'look');
    assert.match(check.text, /C\d+ \(\w+\) = XC\d+ \(\w+\)/);
  });
});

describe('shuffled outcomes', () => {
  const shuffled = (path: string, more: object = {}) => ({ ...request(path), kinds: null, times: 3, seed: 1, ...more });

  test('can’t be predicted on the sample, and the same seed shuffles alike', async () => {
    const path = await portfolioOf(sample);
    const document = await checkShuffled(shuffled(path), quiet());
    assert.deepEqual(
      document.models.map(({ kind, runs, mark }) => [kind, runs.length, mark]),
      [
        ['lightgbm', 3, 'fine'],
        ['logistic', 3, 'fine'],
      ],
    );
    for (const { mean, expected } of document.models) {
      assert.ok(Math.abs(mean! - 0.5) < 0.1, String(mean));
      assert.ok(expected!.low < 0.5 && expected!.high > 0.5);
    }
    const again = await checkShuffled(shuffled(path), quiet());
    assert.deepEqual({ ...again, seconds: 0 }, { ...document, seconds: 0 });
  });

  test('can be where the same customers stand on both sides', async () => {
    const half = sample.filter(([customer]) => Number(customer.slice(1)) <= 75);
    const copies = [1, 2, 3].flatMap((copy) => half.map(([customer, ...rest]) => [`${copy}${customer}`, ...rest]));
    const document = await checkShuffled(shuffled(await portfolioOf([...half, ...copies])), quiet());
    const [lightgbm] = document.models;
    assert.ok(lightgbm.mean! > 0.7, String(lightgbm.mean));
    assert.deepEqual([lightgbm.mark, document.check.mark], ['look', 'look']);
  });

  test('a network can be asked too, and a cancel ends it', async () => {
    const path = await portfolioOf(sample);
    const document = await checkShuffled(shuffled(path, { kinds: ['lstm'], times: 1 }), quiet());
    assert.deepEqual([document.models[0].kind, document.models[0].mark], ['lstm', 'fine']);
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(checkShuffled(shuffled(path), quiet(abort.signal)), { code: 'cancelled' });
    await assert.rejects(checkShuffled(shuffled(path, { times: 0 }), quiet()), { code: 'usage' });
  });
});

test('on the UCI credit cards nothing looks like the outcome', async () => {
  const document = await checkPortfolio(request(await imported(UCI)), quiet());
  assert.deepEqual(
    document.checks.filter(({ mark }) => mark === 'look'),
    [],
  );
  const [first] = document.inputs;
  assert.deepEqual([first.input, first.measures[0].measure, first.measures[0].auc.toFixed(2)], ['PAY', 'max', '0.71']);
  assert.deepEqual(
    document.inputs.filter(({ used }) => !used).map(({ input }) => input),
    ['SEX', 'MARRIAGE', 'AGE'],
  );
  // Two pairs of customers share their history, each within a part.
  assert.deepEqual(
    document.twins.groups.map(({ customers }) => customers.map(({ customer, part }) => `${customer} ${part}`)),
    [
      ['5900 train', '13579 train'],
      ['19855 train', '21044 train'],
    ],
  );
});
