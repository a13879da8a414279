import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RecentPortfolio } from '../ipc/views.ts';

const MOST = 10;

export interface RecentPortfolios {
  /** Newest first; those that were moved or deleted are left out. */
  list(): RecentPortfolio[];
  add(path: string, name: string): void;
  forget(path: string): void;
}

/** The portfolios that were opened last, kept in a JSON file. A file that can't be read counts as empty. */
export function createRecentPortfolios(file: string, nowMs: () => number = Date.now): RecentPortfolios {
  const read = (): RecentPortfolio[] => {
    try {
      const found = JSON.parse(readFileSync(file, 'utf8')) as unknown;
      return Array.isArray(found) ? found.filter(isRecent) : [];
    } catch {
      return [];
    }
  };
  return {
    list: () => read().filter(({ path }) => existsSync(path)),
    add(path, name) {
      const others = read().filter((recent) => recent.path !== path);
      const recent = [{ path, name, openedAtMs: nowMs() }, ...others].slice(0, MOST);
      writeJson(file, recent);
    },
    forget: (path) =>
      writeJson(
        file,
        read().filter((recent) => recent.path !== path),
      ),
  };
}

const isRecent = (value: unknown): value is RecentPortfolio => {
  const { path, name, openedAtMs } = (value ?? {}) as Partial<RecentPortfolio>;
  return typeof path === 'string' && typeof name === 'string' && typeof openedAtMs === 'number';
};

/** Settings of the program are a convenience: a folder that can't be written must not keep it from working. */
export function writeJson(file: string, value: unknown): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, `${JSON.stringify(value, null, 2)}\n`);
    renameSync(`${file}.part`, file);
  } catch {
    // Read-only: forgotten at the end.
  }
}
