import type { ModelKind } from '../../src-main/ipc/documents.ts';
import type { ComparisonCurves } from '../../src-main/ipc/views.ts';

/** What the analyst set on the Compare screen; it stays while other screens are shown. */
class Choices {
  /** Null: the latest. */
  experimentId = $state<string | null>(null);
  part = $state<ComparisonCurves['part']>('test');
  hidden = $state<Partial<Record<ModelKind, boolean>>>({});
  rule = $state<'threshold' | 'share'>('threshold');
  /** 0 to 1,000; null: what is cheapest for the champion, or else for the first model. */
  thousandth = $state<number | null>(null);
  /** 0 to 100; null likewise. */
  percent = $state<number | null>(null);
  /** How many false alarms cost as much as one missed event. */
  costRatio = $state<number | null>(10);
}

export const choices = new Choices();
