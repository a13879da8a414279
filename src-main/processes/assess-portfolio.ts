import type { QualityView } from '../ipc/views.ts';
import { assessQuality } from '../sequences/quality.ts';
import { readAttributes } from '../store/attributes.ts';
import { portfolioInfo } from '../store/portfolio.ts';
import { readPanel } from '../store/read-panel.ts';
import { reading } from './portfolio-reading.ts';

/** Reads all of a portfolio and looks it over, for a process of its own. Empty where it holds no histories. */
export function assessPortfolio(path: string): QualityView {
  const read = reading(path, (db) => {
    if (portfolioInfo(db, path).historyRows === 0) return null;
    const panel = readPanel(db);
    return { panel, attributes: readAttributes(db, panel.customerIds) };
  });
  return read === null ? { features: [], coverage: [] } : assessQuality(read.panel, read.attributes);
}
