import { calibrationSection } from './sections/calibration.ts';
import { dataSection, purposeSection } from './sections/data.ts';
import { earlyDetectionSection } from './sections/early-detection.ts';
import { glossarySection } from './sections/glossary.ts';
import { leakageSection } from './sections/leakage.ts';
import { limitsSection } from './sections/limits.ts';
import { methodSection } from './sections/method.ts';
import { monitoringSection } from './sections/monitoring.ts';
import { reproducibilitySection } from './sections/reproducibility.ts';
import { resultsSection } from './sections/results.ts';
import { splitSection } from './sections/split.ts';
import { frontFacts, reportSubtitle, reportTitle, summarySection } from './sections/summary.ts';
import { thresholdsSection } from './sections/thresholds.ts';
import type { ReportInput } from './report-input.ts';
import type { Report, Section } from './report.ts';

const SECTIONS: readonly ((input: ReportInput) => Section | null)[] = [
  summarySection,
  purposeSection,
  dataSection,
  splitSection,
  methodSection,
  resultsSection,
  calibrationSection,
  earlyDetectionSection,
  thresholdsSection,
  leakageSection,
  limitsSection,
  monitoringSection,
  reproducibilitySection,
  glossarySection,
];

/**
 * The report on an experiment, as a model validator expects it (compare Federal Reserve SR 11-7: purpose, data, method,
 * outcomes analysis, limits, ongoing monitoring). The same input gives the same report.
 */
export function makeReport(input: ReportInput): Report {
  return {
    title: reportTitle(input),
    subtitle: reportSubtitle(input),
    front: frontFacts(input),
    createdAt: input.createdAt,
    producer: `Duecast ${input.version}`,
    author: input.author,
    sections: SECTIONS.flatMap((section) => section(input) ?? []),
  };
}
