import { readFile, writeFile } from 'node:fs/promises';
import { DuecastError } from '../../ipc/errors.ts';
import type {
  LedgerDraft,
  LedgerPreview,
  LedgerRule,
  LedgerRulesSaved,
  LedgerRulesView,
  LedgerTransactions,
} from '../../ipc/ledger.ts';
import { readDraft, writeDraft } from '../../ledger/rule-sets.ts';
import type { CallContext } from '../../processes/rpc.ts';
import type { Workspace } from '../../processes/workspace.ts';
import { PORTFOLIO, type Command } from '../command.ts';
import { table } from '../table.ts';
import { counted, grouped } from '../words.ts';

/** What `rules` answers with. Keys are a contract; more may be added. */
interface RulesDocument extends Omit<LedgerRulesView, 'rules'> {
  /** Of a change: the new version, and whose history was derived anew. */
  saved: LedgerRulesSaved | null;
  /** Each rule in order, with what it catches; null for one that is not active. */
  rules: (LedgerRule & { catches: Omit<LedgerPreview['rules'][number], 'ruleId'> | null })[];
  uncaught: LedgerPreview['uncaught'];
  /** Of a preview: what would move against the current rules. */
  moved: LedgerPreview['moved'];
}

export const rulesCommand: Command = {
  usage: '--portfolio FILE [--preview FILE.json | --set FILE.json | --restore N | --reset] [--export FILE.json]',
  options: {
    portfolio: PORTFOLIO,
    preview: { value: 'FILE.json', about: 'what a rule set would catch, and what would move; nothing is changed' },
    set: { value: 'FILE.json', about: 'save a rule set as the next version and derive all histories anew' },
    restore: { value: 'VERSION', about: 'save an earlier version again; 0: as shipped' },
    reset: { value: null, about: 'back to the shipped rules and options' },
    export: { value: 'FILE.json', about: 'write the rules, to be edited and given to --preview or --set' },
  },
  async run(args, shell) {
    args.none();
    const [preview, set, restore, out] = [
      args.text('preview'),
      args.text('set'),
      args.integer('restore'),
      args.text('export'),
    ];
    const reset = args.flag('reset');
    if ([preview !== null, set !== null, restore !== null, reset].filter((given) => given).length > 1) {
      throw new DuecastError('usage', 'Give one of --preview, --set, --restore and --reset.');
    }
    const read = preview ?? set;
    const draft = read === null ? null : await readDraftFile(read);
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async (workspace) => {
      const saving = set !== null || restore !== null || reset;
      const saved = saving ? await shell.job((context) => saveRules(workspace, restore ?? draft, context)) : null;
      const document = await shell.job((context) =>
        describeRules(workspace, preview === null ? null : draft, saved, context),
      );
      if (out !== null) await writeDraftFile(out, preview === null ? document : draft!);
      return { document, text: formatRules(document, preview !== null) };
    });
  },
};

async function readDraftFile(file: string): Promise<LedgerDraft> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new DuecastError('file-missing', `${file} could not be read. Check the name.`, String(error));
  });
  return readDraft(text);
}

const writeDraftFile = (file: string, { rules, options }: LedgerDraft) =>
  writeFile(file, writeDraft({ rules, options })).catch((error: unknown) => {
    throw new DuecastError(
      'file-unreadable',
      `${file} could not be written. Choose a folder that you may write to.`,
      String(error),
    );
  });

/** Saves a draft, an earlier version by its number, or (null) the shipped rules. */
async function saveRules({ store }: Workspace, wanted: LedgerDraft | number | null, context: CallContext) {
  const draft = typeof wanted === 'number' ? await store.call('ledgerRules', { version: wanted }) : wanted;
  const sent = draft === null ? null : { rules: draft.rules, options: draft.options };
  return store.call('saveLedgerRules', { draft: sent }, context);
}

async function describeRules(
  { store, path, withModelProcess }: Workspace,
  draft: LedgerDraft | null,
  saved: LedgerRulesSaved | null,
  context: CallContext,
): Promise<RulesDocument> {
  const view = await store.call('ledgerRules', { version: null });
  const found = await withModelProcess((models) => models.call('previewRules', { path, draft, most: null }, context));
  const catches = new Map(found.rules.map(({ ruleId, ...rest }) => [ruleId, rest]));
  const { rules, options } = draft ?? view;
  return {
    ...view,
    options,
    countries: view.countries.map((country) => ({ ...country, active: found.countries.includes(country.country) })),
    whyCountries: found.whyCountries,
    rules: rules.map((rule) => ({ ...rule, catches: catches.get(rule.id) ?? null })),
    uncaught: found.uncaught,
    moved: found.moved,
    saved,
  };
}

const SHOWN = 12;

function formatRules(document: RulesDocument, isPreview: boolean): string {
  const { version, edited, countries, whyCountries, transactions, customers, rules, uncaught, moved, saved } = document;
  const active = countries.filter((country) => country.active).map(({ title }) => title);
  const set = isPreview ? 'A draft; nothing was changed.' : `Version ${version}${edited ? '' : ', as shipped'}.`;
  const lines = [
    ...(saved === null ? [] : [savedWords(saved)]),
    `${set} ${active.length === 0 ? 'No country’s rules are active' : `Active: ${active.join(', ')}`}. ${whyCountries}`,
    `${counted(transactions, 'transaction')} of ${counted(customers, 'customer')}; ${grouped(uncaught.transactions)} fall to no rule.`,
  ];
  const caught = rules.filter(({ catches }) => (catches?.transactions ?? 0) > 0);
  if (caught.length > 0) {
    const rows = caught.map(({ id, behaviour, catches }) => [
      id,
      behaviour,
      ...[catches!.transactions, catches!.customers, catches!.moneyIn, catches!.moneyOut].map(grouped),
    ]);
    const right = [false, false, true, true, true, true];
    lines.push('', table(['rule', 'behaviour', 'transactions', 'customers', 'money in', 'money out'], rows, right));
  }
  if (uncaught.groups.length > 0) {
    const rows = uncaught.groups
      .slice(0, SHOWN)
      .map((group) => [
        group.words,
        ...[group.transactions, group.moneyIn, group.moneyOut].map(grouped),
        group.example.description,
      ]);
    lines.push(
      '',
      table(['no rule', 'transactions', 'money in', 'money out', 'for example'], rows, [
        false,
        true,
        true,
        true,
        false,
      ]),
    );
  }
  if (moved.length > 0) {
    const rows = moved
      .slice(0, SHOWN)
      .map(({ from, to, transactions: count, example }) => [
        from ?? 'no rule',
        to ?? 'no rule',
        grouped(count),
        example.description,
      ]);
    lines.push('', table(['would move from', 'to', 'transactions', 'for example'], rows, [false, false, true, false]));
  }
  return lines.join('\n');
}

const savedWords = ({ version, customers, steps }: LedgerRulesSaved) =>
  version === null && customers === 0
    ? 'Nothing differs from the current rules.'
    : `${version === null ? 'The rules are the same' : `Saved as version ${version}`}; histories of ${counted(customers, 'customer')} derived anew, ${counted(steps, 'step')} written.`;

export const transactionsCommand: Command = {
  usage: '--portfolio FILE --customer ID [--step N]',
  options: {
    portfolio: PORTFOLIO,
    customer: { value: 'ID', about: 'the customer, as written in the export', required: true },
    step: { value: 'N', about: 'which step, as in the timeline (the customer’s last)' },
  },
  async run(args, shell) {
    args.none();
    const customer = args.requiredText('customer');
    return shell.withPortfolio(args.requiredText('portfolio'), { create: false }, async ({ store }) => {
      const asked = await store.call('ledgerTransactions', { customer, step: args.integer('step') ?? 0 });
      const last = asked.steps?.last ?? null;
      const document =
        args.integer('step') !== null || last === null || last === asked.step
          ? asked
          : await store.call('ledgerTransactions', { customer, step: last });
      return { document, text: formatTransactions(document) };
    });
  },
};

const money = (amount: number) =>
  amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 });

function formatTransactions({
  customer,
  step,
  firstDate,
  lastDate,
  lines,
  values,
  ledByHistory,
  steps,
}: LedgerTransactions): string {
  if (steps === null) return `${customer} has no transactions.`;
  const when = firstDate === lastDate ? firstDate : `${firstDate} to ${lastDate}`;
  const head = `${customer}, step ${step} (${when}): ${counted(lines.length, 'transaction')}; steps ${steps.first} to ${steps.last} have some.`;
  const rows = lines.map(({ date, amount, balance, description, rule, adds, note }) => [
    date,
    money(amount),
    balance === null ? '' : money(balance),
    description,
    rule?.id ?? 'no rule',
    [...adds.map(({ feature, value }) => `${feature} +${money(value).replace(/\.00$/, '')}`), note ?? '']
      .filter((words) => words !== '')
      .join(', '),
  ]);
  const right = [false, true, true, false, false, false];
  return [
    head,
    ...(ledByHistory ? ['A history file brought this step; its values lead, and these are not stored.'] : []),
    ...(rows.length === 0 ? [] : [table(['date', 'amount', 'balance', 'text', 'rule', 'adds'], rows, right)]),
    ...(values.length === 0
      ? []
      : ['', ...values.map(({ feature, value }) => `  ${feature.padEnd(26)} ${money(value).replace(/\.00$/, '')}`)]),
  ].join('\n');
}
