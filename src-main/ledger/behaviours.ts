import type { Behaviour } from '../ipc/ledger.ts';

/** In the order in which rules are best tried: what is rarer and weighs more comes first. */
export const BEHAVIOURS = [
  'failed-autodebit',
  'return-fee',
  'salary',
  'peer-lending',
  'loan-instalment',
  'utility',
  'atm-withdrawal',
  'not-spending',
  'discretionary',
  'fee',
  'other',
] as const satisfies readonly Behaviour[];
