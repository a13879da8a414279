/** The screens of an open portfolio, in the order of the analyst's day; `customer` lies behind both lists. */
export const SCREENS = [
  { screen: 'portfolio', title: 'Portfolio' },
  { screen: 'import', title: 'Import' },
  { screen: 'rules', title: 'Ledger rules' },
  { screen: 'train', title: 'Train' },
  { screen: 'compare', title: 'Compare' },
  { screen: 'watchlist', title: 'Watchlist' },
  { screen: 'customers', title: 'Customers' },
  { screen: 'reports', title: 'Reports' },
  { screen: 'settings', title: 'Settings' },
] as const;

/** Rules for ledgers are there once there is a ledger. */
export const screensOf = (portfolio: { hasTransactions: boolean } | null) =>
  SCREENS.filter(({ screen }) => screen !== 'rules' || portfolio?.hasTransactions === true);

export type Screen = (typeof SCREENS)[number]['screen'] | 'start' | 'customer';
