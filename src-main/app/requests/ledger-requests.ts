import type { AppHandlers } from '../../ipc/dispatch.ts';
import { readDraft, writeDraft } from '../../ledger/rule-sets.ts';
import type { SessionCore } from '../session-core.ts';
import { writeText } from './settings-requests.ts';

type Names =
  | 'ledgerRules'
  | 'previewLedgerRules'
  | 'readLedgerRules'
  | 'exportLedgerRules'
  | 'ledgerTransactions'
  | 'startLedgerRules';

/** So many transactions are read for what is looked at while the analyst types: a second or two. */
const PREVIEWED = 200_000;

/** From transactions to behaviour: rules, what they catch, and which transaction made which value. */
export function ledgerRequests(core: SessionCore): Pick<AppHandlers, Names> {
  const { shell, guarded, current, tellChange } = core;
  return {
    ledgerRules: (request) => guarded(({ store }) => store.call('ledgerRules', request)),
    previewLedgerRules: ({ draft }) =>
      guarded(({ path, warmModel }) =>
        warmModel.latest((models) => models.call('previewRules', { path, draft, most: PREVIEWED })),
      ),
    readLedgerRules: ({ text }) => ({ draft: readDraft(text) }),
    exportLedgerRules: ({ draft }) =>
      guarded(async ({ info }) => {
        const path = await shell.dialogs.saveFile(`${info.name.replace(/[\\/:*?"<>|]/g, '-')} rules.json`);
        if (path !== null) await writeText(path, writeDraft(draft));
        return { path };
      }),
    ledgerTransactions: (request) => guarded(({ store }) => store.call('ledgerTransactions', request)),
    startLedgerRules: (request) => {
      current();
      return core.start('rules', 'Saving rules and deriving histories', async (context) => {
        const saved = await guarded(({ store }) => store.call('saveLedgerRules', request, context));
        await tellChange();
        return saved;
      });
    },
  };
}
