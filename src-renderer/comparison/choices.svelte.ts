import type { ModelKind } from '../../src-main/ipc/documents.ts';
import type { ComparisonCurves } from '../../src-main/ipc/views.ts';

/** What the analyst set on the Compare screen; it stays while other screens are shown. */
class Choices {
  /** Null: the latest. */
  experimentId = $state<string | null>(null);
  part = $state<ComparisonCurves['part']>('test');
  hidden = $state<Partial<Record<ModelKind, boolean>>>({});
  rule = $state<'threshold' | 'share'>('threshold');
  /** 0 to 1,000. */
  thousandth = $state(500);
  /** 0 to 100. */
  percent = $state(10);
  /** How many false alarms cost as much as one missed event. */
  costRatio = $state<number | null>(10);
}

export const choices = new Choices();
