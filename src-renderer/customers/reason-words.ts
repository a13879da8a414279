import type { ExplainDocument } from '../../src-main/ipc/explanation.ts';
import type { CustomerRow, CustomersPage } from '../../src-main/ipc/views.ts';
import { count, MODEL_NAMES, NOT_AVAILABLE, percent, points } from '../ui/format.ts';
import { asOfWords } from './customer-words.ts';

/** On the screen and in what is passed on. */
export const MOST_REASONS = 6;

/** What raises the PD most. */
export const topReason = ({ topReasons }: CustomerRow) => topReasons?.[0]?.words ?? NOT_AVAILABLE;

/** On hover: all that was kept, or why there is none. */
export function topReasonNote({ pd, topReasons }: CustomerRow, scoring: CustomersPage['scoring']): string {
  if (topReasons !== null && topReasons.length > 0) {
    return topReasons.map(({ contribution, words }) => `${points(contribution)}: ${words}`).join('\n');
  }
  if (pd === null || scoring === null) return 'There is no score.';
  if (topReasons !== null) return 'No feature is unlike the typical customer’s, or has changed, by enough to be named.';
  if (scoring.reasoned === null) return 'This scoring kept no reasons. Score again to have them.';
  if (scoring.unreasoned > 0)
    return 'No reasons were kept, since levels were lowered after this scoring. Score again to have them, or open the customer.';
  return `Reasons are kept for the ${count(scoring.reasoned)} riskiest above Low. Open the customer to see why.`;
}

/** Why a customer has this PD, to be passed on as text. */
export function reasonsText(explanation: ExplainDocument, timeStep: string | null): string {
  const { customer, riskLevel, score, base, kind, step, date, reasons, method } = explanation;
  const asOf = asOfWords(date ?? String(step), timeStep);
  const said = reasons.slice(0, MOST_REASONS).map(({ contribution, words }) => `${points(contribution)}: ${words}`);
  return [
    `${customer}: ${riskLevel}, PD ${percent(score)} by ${MODEL_NAMES[kind]} as of ${asOf}; typical behaviour would give ${percent(base)}.`,
    ...(said.length > 0
      ? said
      : ['No feature is unlike the typical customer’s, or has changed, by enough to be named.']),
    `Points are percentage points of PD, by ${method}.`,
  ].join('\n');
}
