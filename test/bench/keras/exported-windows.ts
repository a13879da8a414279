import { endianness } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from '../../../src-main/ipc/documents.ts';
import { PARTS } from '../../../src-main/sequences/panel.ts';
import { firstRows, windowCount, type Windows } from '../../../src-main/sequences/windows.ts';
import type { SampleSize } from './sample-portfolio.ts';

/**
 * windows.json, the header of a folder of windows. Beside it lie raw little-endian arrays: rows.f32 ([rows, inputs],
 * filled and scaled), and for each part PART.starts.i32 (the row at which a window starts) and PART.labels.u8.
 */
export interface WindowsHeader {
  sample: SampleSize;
  rows: number;
  inputs: string[];
  windowSteps: number;
  windows: Record<Part, number>;
}

export interface ExportedWindows {
  header: WindowsHeader;
  rows: Float32Array;
  parts: Record<Part, Windows>;
}

/** Writes windows into a folder that exists. */
export async function writeWindows(folder: string, { header, rows, parts }: ExportedWindows): Promise<void> {
  requireLittleEndian();
  await writeFile(join(folder, 'rows.f32'), rows);
  for (const part of PARTS) {
    await writeFile(join(folder, `${part}.starts.i32`), firstRows(parts[part]));
    await writeFile(join(folder, `${part}.labels.u8`), parts[part].label);
  }
  await writeFile(join(folder, 'windows.json'), `${JSON.stringify(header, null, 2)}\n`);
}

/** Reads them back; which customer and step a window has is not kept. */
export async function readWindows(folder: string): Promise<ExportedWindows> {
  requireLittleEndian();
  const header = JSON.parse(await readFile(join(folder, 'windows.json'), 'utf8')) as WindowsHeader;
  const bytes = async (file: string) => new Uint8Array(await readFile(join(folder, file)));
  const windowsOf = async (part: Part): Promise<Windows> => {
    const starts = new Int32Array((await bytes(`${part}.starts.i32`)).buffer);
    const endRow = starts.map((row) => row + header.windowSteps - 1);
    const label = await bytes(`${part}.labels.u8`);
    return { windowSteps: header.windowSteps, customer: new Int32Array(starts.length), endRow, step: endRow, label };
  };
  const parts = {
    train: await windowsOf('train'),
    validation: await windowsOf('validation'),
    test: await windowsOf('test'),
  };
  for (const part of PARTS) {
    const { label } = parts[part];
    if (windowCount(parts[part]) !== header.windows[part] || label.length !== header.windows[part]) {
      throw new Error(`${folder} holds other windows than its windows.json says`);
    }
  }
  return { header, rows: new Float32Array((await bytes('rows.f32')).buffer), parts };
}

function requireLittleEndian() {
  if (endianness() !== 'LE') throw new Error('exported windows are little-endian, this machine is not');
}
