import type { ReportInput } from '../report-input.ts';
import { paragraph, type Section } from '../report.ts';

/** How early the models warn, at the same alert budget. */
export function earlyDetectionSection({ experiment }: ReportInput): Section {
  return {
    id: 'early-detection',
    title: 'Early detection',
    blocks: [
      paragraph(
        `Not measured. The comparison that this report is made from holds no lead times, so nothing is said here of how many days earlier one model warns than another. AUC does not tell: a model may rank better and warn later. To measure it, compare the models of training ${experiment.experimentId} again.`,
        'caution',
      ),
    ],
  };
}
