import { join } from 'node:path';
import { createStoreHandlers } from '../../../src-main/processes/store-handlers.ts';
import { generateSample } from '../../../src-main/sample/generate.ts';
import type { Panel } from '../../../src-main/sequences/panel.ts';
import { openForReading } from '../../../src-main/store/open.ts';
import { readPanel, readParts } from '../../../src-main/store/read-panel.ts';
import type { Part } from '../../../src-main/ipc/documents.ts';

export interface SampleSize {
  customers: number;
  days: number;
  /** Draws the sample and the split of its customers. */
  seed: number;
}

/** The undated sample as an analyst would have it: written as CSV, imported and split in a new portfolio in `folder`. */
export async function samplePortfolio(
  folder: string,
  { customers, days, seed }: SampleSize,
): Promise<{ panel: Panel; parts: (Part | null)[] }> {
  const csv = join(folder, 'sample.csv');
  const path = join(folder, 'sample.duecast');
  await generateSample({ out: csv, customers, days, seed, dates: false });
  const store = createStoreHandlers();
  const context = { signal: new AbortController().signal, progress: () => undefined };
  await store.open({ path, create: true }, context);
  try {
    await store.importFile({ file: csv, profile: null, settings: [], dryRun: false, onConflict: 'keep' }, context);
    await store.assignParts({ splitSeed: seed }, context);
    const db = openForReading(path);
    try {
      const panel = readPanel(db);
      return { panel, parts: readParts(db, panel) };
    } finally {
      db.close();
    }
  } finally {
    await store.close({}, context);
  }
}
