import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { previewFile } from '../../src-main/importing/preview.ts';
import { shippedProfiles, type Profile } from '../../src-main/importing/profiles.ts';
import { profileFromFile } from '../../src-main/importing/saved-profile.ts';
import { EMPTY_PORTFOLIO, failure, fileOf, importPath, RecordingTarget } from './recording-target.ts';

const UCI = fileURLToPath(new URL('../fixtures/uci-credit-card/UCI_Credit_Card.csv', import.meta.url));

const preview = (file: string, settings: string[] = [], saved: Profile[] = [], profile: string | null = null) =>
  previewFile({ file, profile, settings: pairs(settings) }, EMPTY_PORTFOLIO, saved);

const pairs = (settings: string[]) =>
  settings.map((pair) => {
    const at = pair.indexOf('=');
    return { key: pair.slice(0, at), value: pair.slice(at + 1) };
  });

/** Semicolons, a decimal comma and days before months, below a letterhead. */
const BANK = [
  'Sparbank eG',
  'Stand: 31.10.2025',
  '',
  ...['Kundennummer;Datum;Saldo;Rate;Konto offen;Ausfall'],
  ...Array.from({ length: 60 }, (_, i) => {
    const customer = Math.floor(i / 10);
    const day = String(5 + (i % 10)).padStart(2, '0');
    return `K${customer};${day}.10.2025;${1 + i}.234,56;${customer * 10},5;ja;${customer === 3 ? 1 : 0}`;
  }),
].join('\r\n');

describe('a known file', () => {
  test('is recognised by its header, and every column says why', async () => {
    const { bytes, rawLines, dialect, columns, rows, reading, problem, toSet } = await preview(UCI);
    assert.deepEqual([problem, toSet, bytes], [null, [], 2_875_712]);
    assert.ok(rawLines[0]!.startsWith('ID,LIMIT_BAL,SEX'));
    assert.deepEqual([rawLines.length, rows.length, columns.length], [60, 20, 25]);
    assert.deepEqual([reading!.kind, reading!.profile, reading!.timeStep], ['history', 'uci-credit-card', 'month']);
    assert.deepEqual([dialect.delimiter, dialect.headerLine, dialect.decimal], [',', 1, '.']);
    const limit = columns[1]!;
    assert.deepEqual(
      [limit.name, limit.role, limit.feature, limit.unsure],
      ['LIMIT_BAL', 'static', 'LIMIT_BAL', false],
    );
    assert.deepEqual(limit.samples, ['20000', '120000', '90000']);
    assert.match(columns[2]!.why, /by profile uci-credit-card; not given to the models/);
    assert.equal(
      columns.some(({ unsure }) => unsure),
      false,
    );
  });

  test('is read as an import of it is', async (t) => {
    const file = fileOf(t, BANK);
    const shown = await preview(file);
    const document = await importPath(file, new RecordingTarget());
    assert.deepEqual(shown.dialect, document.dialect);
    assert.deepEqual(
      shown.columns.map(({ name, role, feature }) => ({ name, role, feature })),
      document.columns.map(({ name, role, feature }) => ({ name, role, feature })),
    );
  });
});

describe('a file from a bank', () => {
  test('with the reasons for its dialect', async (t) => {
    const { dialect, why, rawLines, rows, reading } = await preview(fileOf(t, BANK));
    assert.deepEqual(dialect, {
      encoding: 'utf-8',
      delimiter: ';',
      quote: '"',
      decimal: ',',
      thousands: '.',
      dateFormat: 'dd.MM.yyyy',
      headerLine: 4,
    });
    assert.equal(rawLines[0], 'Sparbank eG');
    assert.deepEqual(rows[0], ['K0', '05.10.2025', '1.234,56', '0,5', 'ja', '0']);
    assert.equal(why.delimiter, 'It cuts 60 of 60 lines into 6 columns.');
    assert.match(
      why.headerLine!,
      /last line above the rows that names their 6 columns\. Passed over: 2 lines above the rows\./,
    );
    assert.equal(why.dateFormat, '13.10.2025 for one: only day before month fits 12 of the 60 dates looked at.');
    assert.match(why.decimal!, /1\.234,56 for one: 120 numbers have a decimal comma\.$/);
    assert.match(why.thousands!, /1\.234,56 for one: 60 numbers are grouped/);
    assert.match(why.encoding!, /valid UTF-8/);
    assert.equal(why.timeStep, '10 different dates, which fit no longer step.');
    assert.deepEqual([reading!.kind, reading!.dated], ['history', true]);
  });

  test('what is in doubt is marked, until somebody says', async (t) => {
    const file = fileOf(t, BANK);
    const unsure = async (...settings: string[]) =>
      (await preview(file, settings)).columns.filter((column) => column.unsure).map(({ name }) => name);
    assert.deepEqual(await unsure(), ['Rate']);
    assert.deepEqual(await unsure('static=Rate'), []);
    const { columns } = await preview(file, ['ignore=Rate,Ausfall']);
    assert.deepEqual(
      columns.map(({ role }) => role),
      ['customer', 'date', 'feature', 'ignored', 'ignored', 'ignored'],
    );
    assert.equal(columns[3]!.why, 'named with ignore=');
  });

  test('what is set is said to be', async (t) => {
    const { why, dialect } = await preview(fileOf(t, BANK), ['dateFormat=dd.MM.yyyy', 'timeStep=week']);
    assert.deepEqual([why.dateFormat, why.timeStep], ['Set by you.', 'Set by you.']);
    assert.equal(dialect.dateFormat, 'dd.MM.yyyy');
  });
});

describe('a file that leaves something open', () => {
  test('a date either way round: what to set, and all that is known', async (t) => {
    const file = fileOf(t, 'customer_id,date,balance\nA,01/02/2025,1.5\nA,01/03/2025,2.5\nB,01/04/2025,3.5\n');
    const open = await preview(file);
    assert.equal(open.reading, null);
    assert.equal(open.problem!.code, 'data-refused');
    assert.deepEqual(open.toSet, ['dateFormat']);
    assert.equal(open.rawLines[1], 'A,01/02/2025,1.5');
    assert.deepEqual([open.dialect.delimiter, open.dialect.headerLine], [',', 1]);
    assert.deepEqual(
      open.columns.map(({ name, role, samples }) => [name, role, samples.length]),
      [
        ['customer_id', null, 2],
        ['date', null, 3],
        ['balance', null, 3],
      ],
    );
    const decided = await preview(file, ['dateFormat=MM/dd/yyyy']);
    assert.deepEqual([decided.problem, decided.reading!.timeStep], [null, 'day']);
  });

  test('numbers either way: the roles are known all the same', async (t) => {
    const { reading, toSet, columns } = await preview(fileOf(t, 'customer_id;day;x\nA;1;1.234\nB;2;2.345\n'));
    assert.equal(reading, null);
    assert.deepEqual(toSet, ['decimal']);
    assert.deepEqual(
      columns.map(({ role }) => role),
      ['customer', 'step', 'feature'],
    );
  });

  test('no columns, no text, nothing: the raw lines as far as there are any', async (t) => {
    const prose = await preview(fileOf(t, 'hello\nworld\n'));
    assert.deepEqual([prose.rawLines, prose.columns, prose.toSet], [['hello', 'world'], [], ['delimiter']]);
    const workbook = await preview(fileOf(t, Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 1])));
    assert.deepEqual([workbook.rawLines, workbook.problem!.code], [[], 'data-refused']);
    const empty = await preview(fileOf(t, ''));
    assert.match(empty.problem!.message, /is empty/);
    await assert.rejects(preview('/nowhere/at/all.csv'), failure('file-missing'));
  });

  test('settings that do not fit are a problem of the reading', async (t) => {
    const { problem, rawLines, dialect } = await preview(fileOf(t, BANK), ['customer=Nobody']);
    assert.equal(problem!.code, 'usage');
    assert.ok(rawLines.length > 10);
    assert.equal(dialect.delimiter, ';');
    assert.equal((await preview(fileOf(t, BANK), ['encoding=klingon'])).problem!.code, 'usage');
  });
});

describe('a profile of the analyst’s own', () => {
  const saved = (t: TestContext, settings: string[], profiles: Profile[] = []) =>
    profileFromFile(
      'Sparbank',
      { file: fileOf(t, BANK), profile: null, settings: pairs(settings) },
      EMPTY_PORTFOLIO,
      profiles,
    );

  test('reads the next file as this one was set, though it looks otherwise', async (t) => {
    const profile = await saved(t, ['static=Rate', 'ignore=Ausfall', 'timeStep=week']);
    const next = BANK.replaceAll(/;\d+\.234,56/g, ';1.234').replaceAll('Stand', 'Zeitraum\r\nStand');
    const { reading, columns, dialect, why } = await preview(fileOf(t, next), [], [profile]);
    assert.deepEqual([reading!.profile, reading!.timeStep, dialect.headerLine], ['Sparbank', 'week', 5]);
    assert.deepEqual(
      columns.map(({ role, unsure }) => [role, unsure]),
      [
        ['customer', false],
        ['date', false],
        ['feature', false],
        ['static', false],
        ['ignored', false],
        ['ignored', false],
      ],
    );
    assert.equal(why.decimal, 'Profile Sparbank says so.');
    const own = await preview(fileOf(t, next), ['outcome=Ausfall'], [profile]);
    assert.equal(own.columns[5]!.role, 'outcome', 'the analyst leads');
    assert.equal((await preview(fileOf(t, 'customer_id,day,x\nA,1,2\n'), [], [profile])).reading!.profile, null);
  });

  test('a header line that detection does not find', async (t) => {
    const odd = ['customer_id;day;x', 'K;D;B', 'A;1;2,5', 'A;2;3,5', 'B;1;2,5'].join('\n');
    const file = fileOf(t, odd);
    const request = { file, profile: null, settings: pairs(['headerLine=2', 'customer=K', 'step=D']) };
    const profile = await profileFromFile('Odd', request, EMPTY_PORTFOLIO, []);
    assert.equal(profile.settings['headerLine'], '2');
    assert.equal((await preview(file, [], [profile])).reading!.profile, 'Odd');
    assert.equal((await preview(file, [], [profile], 'Odd')).reading!.profile, 'Odd');
  });

  test('what is saved of a profile that ships keeps its periods', async () => {
    const request = { file: UCI, profile: null, settings: pairs(['features=PAY,BILL_AMT', 'ignore=SEX']) };
    const profile = await profileFromFile('Cards', request, EMPTY_PORTFOLIO, []);
    assert.deepEqual(
      profile.periods!.features.map(({ name }) => name),
      ['PAY', 'BILL_AMT'],
    );
    const { reading, columns } = await preview(UCI, [], [profile]);
    assert.equal(reading!.profile, 'Cards');
    assert.deepEqual([columns[2]!.role, columns[1]!.role, columns[6]!.feature], ['ignored', 'static', 'PAY']);
  });

  test('the names of shipped ones are taken', async (t) => {
    const name = (await shippedProfiles())[0]!.name.toUpperCase();
    const request = { file: fileOf(t, BANK), profile: null, settings: [] };
    await assert.rejects(profileFromFile(name, request, EMPTY_PORTFOLIO, []), failure('usage', 'comes with Duecast'));
  });
});
