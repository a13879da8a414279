import type { AppHandlers } from '../../ipc/dispatch.ts';
import { DuecastError } from '../../ipc/errors.ts';
import type { SessionCore } from '../session-core.ts';

type Names =
  | 'ledgerRules'
  | 'previewLedgerRules'
  | 'readLedgerRules'
  | 'exportLedgerRules'
  | 'ledgerTransactions'
  | 'startLedgerRules';

const notBuilt = (): never => {
  throw new DuecastError('not-allowed', 'Rules for ledgers are not built yet; nothing was changed.');
};

/** From transactions to behaviour: rules, what they catch, and which transaction made which value. */
export function ledgerRequests(_core: SessionCore): Pick<AppHandlers, Names> {
  return {
    ledgerRules: notBuilt,
    previewLedgerRules: notBuilt,
    readLedgerRules: notBuilt,
    exportLedgerRules: notBuilt,
    ledgerTransactions: notBuilt,
    startLedgerRules: notBuilt,
  };
}
