import type { ReportDocument } from '../../src-main/ipc/reports.ts';

/** What the analyst chose on the Reports screen; it stays while other screens are shown. */
class Reports {
  /** Null: the latest. */
  experimentId = $state<string | null>(null);
  /** Who answers for the report. */
  author = $state('');
  /** What was saved last. */
  saved = $state.raw<ReportDocument | null>(null);
}

export const reports = new Reports();
