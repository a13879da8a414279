import type { ModelKind } from '../../src-main/ipc/documents.ts';
import type { AlertUnit, ThresholdRule } from '../../src-main/ipc/thresholds.ts';
import type { ComparisonCurves } from '../../src-main/ipc/views.ts';
import type { EarlyDraft } from './early-settings.ts';

/** What the analyst set on the Compare screen; it stays while other screens are shown. */
class Choices {
  /** Null: the latest. */
  experimentId = $state<string | null>(null);
  part = $state<ComparisonCurves['part']>('test');
  hidden = $state<Partial<Record<ModelKind, boolean>>>({});
  rule = $state<ThresholdRule['kind']>('cost');
  /** The threshold by hand, 0 to 1,000. */
  thousandth = $state(500);
  /** Per cent that may be alerted; null while the field is empty. */
  budget = $state<number | null>(5);
  /** How early detection shall be measured, while that is not how it was; null: nothing is changed. */
  early = $state<{ experimentId: string; draft: EarlyDraft } | null>(null);
  /** What alerts are counted in. */
  unit = $state<AlertUnit>('customers');
}

export const choices = new Choices();
