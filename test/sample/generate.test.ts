import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DuecastError } from '../../src-main/ipc/errors.ts';
import { generateSample, type SampleRequest } from '../../src-main/sample/generate.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecast-sample-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
const request = (changes: Partial<SampleRequest> = {}): SampleRequest => ({
  out: join(folder, `${++files}.csv`),
  customers: 200,
  days: 90,
  seed: 7,
  dates: false,
  ...changes,
});

const COLUMNS = [
  'customer_id',
  'day',
  'salary_amount',
  'salary_received',
  'savings_amount',
  'daily_expenses',
  'utility_payment',
  'utility_delay_days',
  'atm_withdrawals',
  'upi_lending_transactions',
  'failed_autodebits',
  'discretionary_spending',
  'will_default',
];

interface Customer {
  id: string;
  defaults: boolean;
  eventDate: string | undefined;
  rows: Record<string, number>[];
  dates: string[];
}

function read(path: string): { header: string[]; customers: Customer[] } {
  const lines = readFileSync(path, 'latin1').split('\n');
  assert.equal(lines.pop(), '', 'the file ends with a line end');
  const [head, ...body] = lines;
  const header = head.split(',');
  const customers: Customer[] = [];
  for (const line of body) {
    const cells = line.split(',');
    assert.equal(cells.length, header.length);
    if (customers.at(-1)?.id !== cells[0]) {
      customers.push({ id: cells[0], defaults: cells[12] === '1', eventDate: cells[14], rows: [], dates: [] });
    }
    const customer = customers[customers.length - 1];
    customer.rows.push(Object.fromEntries(COLUMNS.slice(1).map((name, i) => [name, Number(cells[i + 1])])));
    customer.dates.push(cells[13]);
  }
  return { header, customers };
}

/** Fails where a value leaves the range, or where the values don't reach close to its ends. */
function assertRange(what: string, values: number[], low: number, high: number, slack = 0): void {
  assert.ok(values.length > 0, `${what}: no values`);
  const least = Math.min(...values);
  const most = Math.max(...values);
  assert.ok(least >= low - slack && most <= high + slack, `${what}: ${least} to ${most}, not ${low} to ${high}`);
  const reach = 0.1 * (high - low);
  assert.ok(least <= low + reach && most >= high - reach, `${what}: only ${least} to ${most} of ${low} to ${high}`);
}

const failsWith = (code: string) => (error: unknown) => {
  assert.ok(error instanceof DuecastError);
  assert.equal(error.code, code);
  return true;
};

const CENT = 0.011;

test('writes every customer and day under the preset header, 30% of them defaulters', async () => {
  const made = request();
  const document = await generateSample(made);
  const { header, customers } = read(made.out);
  assert.deepEqual(header, COLUMNS);
  assert.deepEqual(document, { rows: 18_000, customers: 200, defaulters: 60 });
  assert.deepEqual(
    customers.map((customer) => customer.id),
    Array.from({ length: 200 }, (_, c) => `C${String(c + 1).padStart(6, '0')}`),
  );
  assert.equal(customers.filter((customer) => customer.defaults).length, 60);
  // Chosen at random, not the first ones: both halves have their part.
  const inFirstHalf = customers.slice(0, 100).filter((customer) => customer.defaults).length;
  assert.ok(inFirstHalf > 15 && inFirstHalf < 45);
  for (const { rows, defaults } of customers) {
    assert.deepEqual(
      rows.map((row) => row.day),
      Array.from({ length: 90 }, (_, day) => day),
    );
    assert.ok(rows.every((row) => row.will_default === (defaults ? 1 : 0)));
  }
  assert.match(readFileSync(made.out, 'latin1').split('\n')[1], /^C000001,0,\d+\.\d\d,1,\d+\.\d\d,\d+\.\d\d,0\.00,0,/);
});

test('salaries, savings, expenses and utility bills follow the rules', async () => {
  const made = request();
  await generateSample(made);
  const { customers } = read(made.out);
  const salaries: number[] = [];
  const savings: number[] = [];
  const expenseShares: number[] = [];
  const weekdayShares: number[] = [];
  const weekendShares: number[] = [];
  const discretionaryShares: number[] = [];
  const delays: number[] = [];
  for (const { rows, defaults } of customers) {
    const expenses = rows[4].utility_payment / 0.2;
    const paid = rows.filter((row) => row.salary_amount > 0);
    assert.deepEqual(
      paid.map((row) => row.day),
      [0, 14, 30, 44, 60, 74],
    );
    assert.ok(rows.every((row) => row.salary_received === (row.salary_amount > 0 ? 1 : 0)));
    const amounts = paid.map((row) => row.salary_amount);
    assert.ok(Math.max(...amounts) / Math.min(...amounts) <= 1.1 / 0.9 + 1e-6);
    const salary = amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length;
    salaries.push(salary);
    expenseShares.push(expenses / salary);

    const early = rows.filter((row) => row.day <= 0.7 * 90 || !defaults).map((row) => row.savings_amount);
    const middle = (Math.min(...early) / 0.8 + Math.max(...early) / 1.2) / 2;
    assertRange(
      'savings',
      early.map((amount) => amount / middle),
      0.8,
      1.2,
      0.02,
    );
    savings.push(middle);

    for (const row of rows) {
      const usual = (expenses * 0.8) / 20;
      (row.day % 7 >= 5 ? weekendShares : weekdayShares).push(row.daily_expenses / usual);
      discretionaryShares.push(row.discretionary_spending / row.daily_expenses);
      const dayOfMonth = (row.day % 30) + 1;
      if (dayOfMonth === 5 || dayOfMonth === 6) {
        assert.ok(Math.abs(row.utility_payment - 0.2 * expenses) < CENT);
        delays.push(row.utility_delay_days);
      } else {
        assert.deepEqual([row.utility_payment, row.utility_delay_days], [0, 0]);
      }
    }
  }
  assertRange('salary', salaries, 20_000, 100_000, 8_000);
  assertRange('savings', savings, 5_000, 50_000, 300);
  assertRange('expenses / mean salary', expenseShares, 0.6, 0.9, 0.06);
  assertRange('weekday expenses', weekdayShares, 0.5, 1.2, 1e-3);
  assertRange('weekend expenses', weekendShares, 1.2, 2, 1e-3);
  assertRange('discretionary share', discretionaryShares, 0.1, 0.4, 1e-3);
  assert.deepEqual([...new Set(delays)].sort(), [0, 1, 2, 3]);
});

test('only defaulters change, each habit from its own day on', async () => {
  const made = request({ days: 100, customers: 300 });
  await generateSample(made);
  const { customers } = read(made.out);
  const counts = [
    { name: 'failed_autodebits', lastQuietDay: 40, quiet: [0, 1], shifted: [1, 2, 3] },
    { name: 'upi_lending_transactions', lastQuietDay: 50, quiet: [0, 1], shifted: [1, 2, 3, 4] },
    { name: 'atm_withdrawals', lastQuietDay: 60, quiet: [0, 1, 2], shifted: [2, 3, 4, 5] },
  ];
  for (const { name, lastQuietDay, quiet, shifted } of counts) {
    const seenOn = (defaults: boolean, days: (day: number) => boolean) => {
      const rows = customers.filter((customer) => customer.defaults === defaults).flatMap((customer) => customer.rows);
      return [...new Set(rows.filter((row) => days(row.day)).map((row) => row[name]))].sort();
    };
    assert.deepEqual(
      seenOn(false, () => true),
      quiet,
      `${name}, good customers`,
    );
    assert.deepEqual(
      seenOn(true, (day) => day <= lastQuietDay),
      quiet,
      `${name}, before`,
    );
    assert.deepEqual(
      seenOn(true, (day) => day === lastQuietDay),
      quiet,
      `${name}, last quiet day`,
    );
    assert.deepEqual(
      seenOn(true, (day) => day === lastQuietDay + 1),
      shifted,
      `${name}, first shifted day`,
    );
    assert.deepEqual(
      seenOn(true, (day) => day > lastQuietDay),
      shifted,
      `${name}, after`,
    );
  }
  for (const { rows, defaults } of customers) {
    const late = rows.slice(71).map((row) => row.savings_amount);
    if (defaults) {
      // From day 70 of 100 on, 1 − 1.5 · day/span is below .1: a tenth of the savings, without noise.
      assert.equal(new Set(late).size, 1);
      assertRange(
        'savings',
        rows.slice(0, 71).map((row) => row.savings_amount / (10 * late[0])),
        0.8,
        1.2,
        1e-3,
      );
    } else {
      assert.ok(new Set(late).size > 20);
    }
  }
});

test('the same seed gives the same bytes, another seed others', async () => {
  const bytes = async (changes: Partial<SampleRequest>) => {
    const made = request({ customers: 40, ...changes });
    await generateSample(made);
    return readFileSync(made.out);
  };
  assert.ok((await bytes({})).equals(await bytes({})));
  assert.ok((await bytes({ dates: true })).equals(await bytes({ dates: true })));
  assert.ok(!(await bytes({})).equals(await bytes({ seed: 8 })));
});

test('with dates a defaulter ends on the event day and the habits change within its own days', async () => {
  const made = request({ dates: true, days: 100, customers: 400 });
  const document = await generateSample(made);
  const { header, customers } = read(made.out);
  assert.deepEqual(header, [...COLUMNS, 'date', 'event_date']);
  assert.equal(
    document.rows,
    customers.reduce((sum, customer) => sum + customer.rows.length, 0),
  );
  const dateOf = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
  const eventDays: number[] = [];
  for (const { rows, dates, defaults, eventDate } of customers) {
    assert.deepEqual(
      dates,
      rows.map((row) => dateOf(row.day)),
    );
    if (!defaults) {
      assert.equal(eventDate, '');
      assert.equal(rows.length, 100);
      continue;
    }
    const eventDay = rows.length - 1;
    assert.equal(eventDate, dateOf(eventDay));
    eventDays.push(eventDay);
    for (const row of rows) {
      const { day, failed_autodebits, upi_lending_transactions, atm_withdrawals } = row;
      assert.ok(day > 0.4 * eventDay ? failed_autodebits >= 1 : failed_autodebits <= 1);
      assert.ok(day > 0.5 * eventDay ? upi_lending_transactions >= 1 : upi_lending_transactions <= 1);
      assert.ok(day > 0.6 * eventDay ? atm_withdrawals >= 2 : atm_withdrawals <= 2);
    }
    const late = rows.filter((row) => row.day > 0.7 * eventDay).map((row) => row.savings_amount);
    assert.equal(new Set(late).size, 1);
  }
  assert.equal(eventDays.length, 120);
  assertRange('event day', eventDays, 40, 99);
});

test('an existing file is refused and left as it was', async () => {
  const made = request();
  writeFileSync(made.out, 'mine');
  await assert.rejects(generateSample(made), failsWith('file-exists'));
  assert.equal(readFileSync(made.out, 'utf8'), 'mine');
});

test('sizes that cannot be made, and a missing folder, write nothing', async () => {
  const wrong = [{ customers: 0 }, { customers: 1.5 }, { customers: 1e6 }, { days: 1 }, { days: NaN }, { seed: 0.5 }];
  for (const changes of wrong) {
    const made = request(changes);
    await assert.rejects(generateSample(made), failsWith('usage'), JSON.stringify(changes));
    assert.ok(!existsSync(made.out));
  }
  await assert.rejects(generateSample(request({ out: join(folder, 'none', 'a.csv') })), failsWith('file-missing'));
});

test('a cancel removes what was written', async () => {
  const made = request({ customers: 2_000 });
  const controller = new AbortController();
  let writtenAtCancel = 0;
  const progress = (done: number, total: number) => {
    assert.equal(total, 2_000);
    assert.ok(existsSync(made.out));
    writtenAtCancel = done;
    controller.abort();
  };
  await assert.rejects(generateSample(made, { signal: controller.signal, progress }), failsWith('cancelled'));
  assert.ok(writtenAtCancel > 0 && writtenAtCancel < 2_000);
  assert.ok(!existsSync(made.out));

  const before = readdirSync(folder).length;
  await assert.rejects(generateSample(request(), { signal: AbortSignal.abort() }), failsWith('cancelled'));
  assert.equal(readdirSync(folder).length, before);
});

test('progress ends with every customer written', async () => {
  const seen: number[] = [];
  await generateSample(request({ customers: 150 }), { progress: (done) => seen.push(done) });
  assert.ok(seen.length > 1);
  assert.equal(seen.at(-1), 150);
});
