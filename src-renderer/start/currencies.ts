/** Common currencies by their ISO 4217 code; any other code can be typed. */
export const CURRENCIES: Readonly<Record<string, string>> = {
  AED: 'UAE dirham',
  ARS: 'Argentine peso',
  AUD: 'Australian dollar',
  BDT: 'Bangladeshi taka',
  BGN: 'Bulgarian lev',
  BRL: 'Brazilian real',
  CAD: 'Canadian dollar',
  CHF: 'Swiss franc',
  CLP: 'Chilean peso',
  CNY: 'Chinese yuan',
  COP: 'Colombian peso',
  CZK: 'Czech koruna',
  DKK: 'Danish krone',
  EGP: 'Egyptian pound',
  EUR: 'Euro',
  GBP: 'Pound sterling',
  GHS: 'Ghanaian cedi',
  HKD: 'Hong Kong dollar',
  HUF: 'Hungarian forint',
  IDR: 'Indonesian rupiah',
  ILS: 'Israeli shekel',
  INR: 'Indian rupee',
  JPY: 'Japanese yen',
  KES: 'Kenyan shilling',
  KRW: 'South Korean won',
  KZT: 'Kazakhstani tenge',
  LKR: 'Sri Lankan rupee',
  MAD: 'Moroccan dirham',
  MXN: 'Mexican peso',
  MYR: 'Malaysian ringgit',
  NGN: 'Nigerian naira',
  NOK: 'Norwegian krone',
  NPR: 'Nepalese rupee',
  NZD: 'New Zealand dollar',
  PEN: 'Peruvian sol',
  PHP: 'Philippine peso',
  PKR: 'Pakistani rupee',
  PLN: 'Polish zloty',
  RON: 'Romanian leu',
  RSD: 'Serbian dinar',
  SAR: 'Saudi riyal',
  SEK: 'Swedish krona',
  SGD: 'Singapore dollar',
  THB: 'Thai baht',
  TRY: 'Turkish lira',
  TWD: 'New Taiwan dollar',
  TZS: 'Tanzanian shilling',
  UAH: 'Ukrainian hryvnia',
  UGX: 'Ugandan shilling',
  USD: 'US dollar',
  VND: 'Vietnamese dong',
  XAF: 'Central African franc',
  XOF: 'West African franc',
  ZAR: 'South African rand',
};

const SIGNS: Readonly<Record<string, string>> = {
  '₹': 'INR',
  '€': 'EUR',
  '£': 'GBP',
  '₺': 'TRY',
  '₦': 'NGN',
  '₩': 'KRW',
};

/** What a typed currency is as a code; null where it is none. A name or the start of one will do, if it is only one's. */
export function currencyCode(typed: string): string | null {
  const words = typed.trim().toLowerCase();
  if (words === '') return '';
  if (/^[a-z]{3}$/.test(words)) return words.toUpperCase();
  const found = Object.entries(CURRENCIES).filter(([, name]) => name.toLowerCase().includes(words));
  const exact = found.find(([, name]) => name.toLowerCase() === words);
  return exact?.[0] ?? (found.length === 1 ? found[0][0] : null);
}

/** The currency that the first lines of a file name, where it is one only. */
export function currencyIn(lines: readonly string[]): string {
  const text = lines.join('\n');
  const codes = (text.match(/(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/g) ?? []).filter((code) => code in CURRENCIES);
  const signs = Object.entries(SIGNS).flatMap(([sign, code]) => (text.includes(sign) ? [code] : []));
  const found = new Set([...codes, ...signs]);
  return found.size === 1 ? [...found][0] : '';
}
