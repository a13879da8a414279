import type { DoctorDocument } from '../ipc/documents.ts';
import { runDoctor as checkInstallation } from '../processes/doctor.ts';
import { createNodeHost } from '../processes/node-host.ts';

/** Loads each part and says what is there, what is missing and how to mend it. Takes about a second; never throws. */
export async function runDoctor(): Promise<DoctorDocument> {
  const { node, electron, backend, lightgbm, sqlite, problems } = await checkInstallation(createNodeHost());
  return { node, electron, backend, lightgbm, sqlite, problems };
}

/** The same for people. */
export function formatDoctor(document: DoctorDocument): string {
  const { node, electron, backend, lightgbm, sqlite, problems } = document;
  const rows = [
    ['Node', node],
    ['SQLite', sqlite],
    ['Engine', `${backend.name} ${backend.version}`.trim()],
    ...backend.available.slice(1).map((name) => ['', `${name}, too`]),
    ['LightGBM', lightgbm.version],
    ['Electron', electron],
  ];
  const lines = rows.map(([name, found]) => `${name.padEnd(10)}${found === '' ? 'missing' : found}`);
  const verdict = problems.length === 0 ? ['Everything is there.'] : problems.map((problem) => `• ${problem}`);
  return [...lines, '', ...verdict].join('\n');
}
