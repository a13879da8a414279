import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cutDataset } from '../../../src-main/sequences/dataset.ts';
import { fitScaler, scaleRows } from '../../../src-main/sequences/scaling.ts';
import { resolveSettings } from '../../../src-main/sequences/settings.ts';
import { windowCount } from '../../../src-main/sequences/windows.ts';
import { writeWindows } from './exported-windows.ts';
import { forgetKerasFigures } from './keras-figures.ts';
import { samplePortfolio, type SampleSize } from './sample-portfolio.ts';

/** Writes the windows of an undated sample into `folder`, by the product's own path from CSV to windows. */
export async function makeWindows(folder: string, sample: SampleSize): Promise<void> {
  await mkdir(folder, { recursive: true });
  await forgetKerasFigures(folder);
  const workFolder = await mkdtemp(join(tmpdir(), 'duecast-bench-'));
  try {
    const { panel, parts } = await samplePortfolio(workFolder, sample);
    const settings = resolveSettings(panel, { windowSteps: null, horizonSteps: null, gapSteps: null, labelRule: null });
    const windows = cutDataset(panel, parts, settings);
    const scaler = fitScaler(panel, windows.train);
    const rows = scaleRows(panel, scaler);
    const inputs = scaler.inputs.map(({ name }) => name);
    const { train, validation, test } = windows;
    const header = {
      sample,
      rows: rows.length / inputs.length,
      inputs,
      windowSteps: settings.windowSteps,
      windows: { train: windowCount(train), validation: windowCount(validation), test: windowCount(test) },
    };
    await writeWindows(folder, { header, rows, parts: { train, validation, test } });
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}
