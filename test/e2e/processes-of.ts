import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessRole } from '../../src-main/processes/host.ts';

/** The ids of an app's own store or model processes. Linux only, where /proc is. */
export function processesOf(mainPid: number, role: ProcessRole): number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.map(Number).filter((pid) => {
    try {
      const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
      const isChild = Number(parent?.[1]) === mainPid;
      return isChild && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${role}-process.cjs`);
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
}
