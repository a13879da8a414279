import type { LabelRule } from '../../src-main/ipc/documents.ts';

/** How each reading of the outcomes is called, and what it takes for an event. */
export const LABEL_RULES: Record<LabelRule, { name: string; meaning: string }> = {
  event: {
    name: 'By the event’s date',
    meaning: 'A window counts as an event where the event’s date falls into the horizon after it.',
  },
  constant: {
    name: 'Whole history',
    meaning:
      'Every window of a customer carries the customer’s flag, also windows long before anything changed. As the published recipe does it.',
  },
  'after-last': {
    name: 'Event after the last step',
    meaning:
      'The event is taken to come right after the customer’s last step, so only windows that end within the horizon of it count as events.',
  },
  'last-window': {
    name: 'Last window only',
    meaning: 'One window a customer, the latest one, carries the flag. For short histories with one outcome each.',
  },
};
