import { lastDayOfStep } from '../sequences/calendar.ts';
import type { PortfolioDb } from '../store/database.ts';
import { portfolioShape } from '../store/portfolio.ts';

/** The ISO date of a step's last day; null in an undated portfolio. */
export function stepDates(db: PortfolioDb): (step: number) => string | null {
  const { timeStep, dated } = portfolioShape(db);
  return (step) => (dated && timeStep !== null ? lastDayOfStep(timeStep, step) : null);
}
