import type { PortfolioView } from '../ipc/views.ts';
import type { PortfolioInfo } from '../processes/store-api.ts';
import { lastDayOfStep } from '../sequences/calendar.ts';

/** What the window is told of a portfolio. */
export function describePortfolio(info: PortfolioInfo): PortfolioView {
  const { path, name, currency, timeStep, dated, customers, historyRows, firstStep, lastStep, testUses } = info;
  const dateOf = (step: number | null) =>
    step === null || timeStep === null || dated !== true ? null : lastDayOfStep(timeStep, step);
  return {
    path,
    name,
    currency,
    timeStep,
    dated,
    features: info.features.map((feature) => ({ name: feature.name, kind: feature.kind })),
    customers,
    historyRows,
    firstStep,
    lastStep,
    firstDate: dateOf(firstStep),
    lastDate: dateOf(lastStep),
    events: info.outcomeKind === 'none' ? null : info.events,
    testUses,
    levelBounds: info.levelBounds,
    isSample: info.isSample,
    watched: info.watched,
    hasTransactions: info.hasTransactions,
  };
}
