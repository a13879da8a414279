import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { CompareDocument } from '../../src-main/ipc/documents.ts';
import type { ExternalScoresDocument, ExternalScoreSummary } from '../../src-main/ipc/external-scores.ts';
import { duecastJson, runDuecast } from './run-duecast.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecast-external-'));
const file = (name: string) => join(folder, name);
const portfolio = ['--portfolio', file('p.duecast')];
/** By customer: whether he defaults, and his savings by day. */
const customers = new Map<string, { defaults: string; savings: string[] }>();

before(async () => {
  const run = async (...words: string[]) => {
    const { code, stderr } = await runDuecast(words);
    assert.equal(code, 0, stderr);
  };
  await run('generate', '--out', file('sample.csv'), '--customers', '80', '--days', '50', '--seed', '3');
  await run('import', file('sample.csv'), ...portfolio);
  await run('train', ...portfolio, '--models', 'logistic');
  const [header, ...lines] = readFileSync(file('sample.csv'), 'utf8').trim().split('\n');
  const at = (name: string) => header.split(',').indexOf(name);
  for (const line of lines) {
    const cells = line.split(',');
    const known = customers.get(cells[at('customer_id')]) ?? { defaults: cells[at('will_default')], savings: [] };
    known.savings.push(cells[at('savings_amount')]);
    customers.set(cells[at('customer_id')], known);
  }
});
after(() => rmSync(folder, { recursive: true }));

const add = <T = ExternalScoreSummary>(name: string, ...words: string[]) =>
  duecastJson<T>(['import-scores', file(name), ...portfolio, ...words]);

test('scores from elsewhere are judged beside the models, on the same rows', async () => {
  const perfect = [...customers].map(([id, { defaults }]) => `${id};${defaults === '1' ? '0,9' : '0,1'}`);
  writeFileSync(file('challenger.csv'), `Kunde;PD\n${perfect.join('\n')}\nnobody;0,5\n`);
  const pd = await add('challenger.csv', '--customer', 'kunde', '--score', 'PD', '--name', 'Challenger');
  assert.equal(pd.code, 0, pd.stderr);
  assert.deepEqual([pd.document.isPd, pd.document.unknownCustomers], [true, 1]);
  assert.equal(pd.document.coverage.test!.covered, pd.document.coverage.test!.windows);

  const some = [...customers].flatMap(([id, { defaults, savings }], i) =>
    defaults === '0' && i % 4 === 0 ? [] : savings.map((value, day) => `${id},${day},${value}`),
  );
  writeFileSync(file('savings.csv'), `id,day,savings\n${some.join('\n')}\n`);
  const byStep = ['--customer', 'id', '--score', 'savings', '--step', 'day', '--lower-is-riskier'];
  const { document: savings } = await add('savings.csv', ...byStep);
  assert.equal(savings.isPd, false);
  const covered = savings.coverage.test!;
  assert.ok(covered.covered < covered.windows && covered.coveredCustomers < covered.customers);

  const { document } = await duecastJson<CompareDocument>(['compare', ...portfolio]);
  assert.equal(document.rows.windows, covered.covered);
  assert.equal(document.restricted, true);
  assert.match(
    document.notes[0]!,
    /windows have no score from savings; .* (\d+) of \1 customers with an event are left/,
  );
  assert.deepEqual(
    document.models.map(({ kind, name }) => name ?? kind),
    ['logistic', 'Challenger', 'savings'],
  );
  const [, challenger, ranked] = document.models.map(({ metrics }) => metrics);
  assert.deepEqual([challenger.auc.value, challenger.brier.value!.toFixed(6)], [1, '0.010000']);
  assert.ok(ranked.auc.value !== null && ranked.brier.value === null && ranked.logLoss.low === null);
  assert.equal(document.pairs.length, 3);

  const { document: left } = await duecastJson<ExternalScoresDocument>([
    'external-scores',
    ...portfolio,
    '--remove',
    savings.id,
  ]);
  assert.deepEqual(
    left.scores.map(({ name }) => name),
    ['Challenger'],
  );
});

test('what can’t be compared is refused, and nothing is kept', async () => {
  type Refused = { error: { code: string; message: string } };
  writeFileSync(file('strangers.csv'), 'id,s\nA,1\nB,2\n');
  const strangers = await add<Refused>('strangers.csv', '--customer', 'id', '--score', 's');
  assert.equal(strangers.code, 3);
  assert.match(
    strangers.document.error.message,
    /None of the \d+ test rows.*2 of its customers are not in the portfolio/,
  );
  const [id] = customers.keys();
  writeFileSync(file('several.csv'), `id,s\n${id},1\n${id},2\n`);
  const several = await add<Refused>('several.csv', '--customer', 'id', '--score', 's');
  assert.match(several.document.error.message, /second, other score in line 3.*nothing was kept/);
  const dated = await add<Refused>('several.csv', '--customer', 'id', '--score', 's', '--date', 's');
  assert.deepEqual([dated.code, dated.document.error.code], [2, 'usage']);
  const column = await add<Refused>('several.csv', '--customer', 'id', '--score', 'x');
  assert.match(column.document.error.message, /no such column.*id, s/);
});
