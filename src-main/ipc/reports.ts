/** What `report` answers with. */
export interface ReportDocument {
  /** As it was written. */
  file: string;
  bytes: number;
  sha256: string;
  experimentId: string;
  /** The models were compared for this report, which was one more look at the test customers. */
  compared: boolean;
}

export type ReportFormat = 'html' | 'pdf';
