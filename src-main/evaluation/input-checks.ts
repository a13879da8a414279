import type { LabelRule } from '../ipc/documents.ts';
import type { InputCheck, InputMeasure } from '../ipc/sanity.ts';
import { aloneAuc, type MeasuredRows } from './alone-auc.ts';
import type { Pacer } from './pacing.ts';

/** One number a window, of an input. */
export interface MeasuredColumn extends Pick<InputCheck, 'input' | 'kind' | 'used' | 'atStart'> {
  measure: InputMeasure;
  /** [rows]: NaN where there is none. */
  values: Float32Array;
}

/** An AUC above it by one number alone is more than behaviour is likely to give. */
export const MAY_BE_THE_OUTCOME = 0.9;

/**
 * Every input by itself: how well each of its measures ranks the windows with the event. Constant columns tell nothing
 * and are left out. Inputs and their measures come strongest first. Progress counts columns. Throws `cancelled`.
 */
export async function checkInputs(
  rows: MeasuredRows,
  columns: Iterable<MeasuredColumn>,
  pacer: Pacer,
  progress: (columns: number) => void = () => undefined,
): Promise<InputCheck[]> {
  const inputs = new Map<string, InputCheck>();
  let done = 0;
  for (const { measure, values, ...about } of columns) {
    const key = `${about.kind} ${about.input}`;
    const check = inputs.get(key) ?? { ...about, measures: [] };
    inputs.set(key, check);
    const alone = varies(values) ? aloneAuc(rows, values) : null;
    if (alone !== null) check.measures.push({ measure, ...alone });
    progress(++done);
    if (pacer.due()) await pacer.pause();
  }
  const strength = ({ measures }: InputCheck) => measures[0]?.auc ?? 0;
  for (const { measures } of inputs.values()) measures.sort((a, b) => b.auc - a.auc);
  return [...inputs.values()].sort((a, b) => strength(b) - strength(a));
}

export const isMissingness = (measure: InputMeasure) => measure.startsWith('missing');

/** Of a customer's first value: nobody's behaviour tells as much at the beginning. */
const TELLS_FROM_THE_START = 0.8;
/** Windows may end with the history. */
const END_RULES: readonly LabelRule[] = ['after-last', 'last-window'];
/** A value of one moment; the others sum a window up. */
const MOMENTS: readonly InputMeasure[] = ['value', 'last', 'missing at the end', 'missing'];

/**
 * The strongest measure of an input that may be the outcome; null where there is none. It must rank with an AUC above
 * .9, beyond chance. Of a history feature that is behaviour as well as long as it only comes to it on the way, so one of
 * these must hold besides: the customer's first value tells the outcome too, or a single value does that may have been
 * written when the outcome was known: where windows end with the history. With event dates they end before the event, and
 * under a constant flag a horizon before the history does.
 */
export function suspectMeasure(
  { kind, atStart, measures }: InputCheck,
  labelRule: LabelRule,
  missingness: boolean,
): InputCheck['measures'][number] | null {
  const tellsFromTheStart = ((missingness ? atStart.missing : atStart.value) ?? 0) >= TELLS_FROM_THE_START;
  const isSuspect = ({ measure, auc, beyondChance }: InputCheck['measures'][number]) =>
    isMissingness(measure) === missingness &&
    auc > MAY_BE_THE_OUTCOME &&
    beyondChance &&
    (kind === 'static' ||
      tellsFromTheStart ||
      (END_RULES.includes(labelRule) && kind === 'history' && MOMENTS.includes(measure)));
  return measures.find(isSuspect) ?? null;
}

/** The strongest measure above the bound of an input that is not suspected: behaviour that tells a lot. */
export function telling(check: InputCheck, labelRule: LabelRule): InputCheck['measures'][number] | null {
  if (suspectMeasure(check, labelRule, false) !== null || suspectMeasure(check, labelRule, true) !== null) return null;
  return check.measures.find(({ auc, beyondChance }) => auc > MAY_BE_THE_OUTCOME && beyondChance) ?? null;
}

function varies(values: Float32Array): boolean {
  let first = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(first)) first = value;
    else if (value !== first) return true;
  }
  return false;
}
