import type { Failure } from '../../src-main/ipc/errors.ts';
import { KIND_NAMES } from './reading-chips.ts';
import { ROLE_NAMES } from './roles.ts';

/** A way out of a problem that a message names: a setting and its value. */
export interface WayOut {
  key: string;
  value: string;
  label: string;
}

/** What the screen calls the settings that messages name, as the command line has them. */
const PLACES: Record<string, string> = {
  encoding: 'Encoding',
  delimiter: 'Delimiter',
  quote: 'Quotes',
  decimal: 'Numbers',
  thousands: 'Numbers',
  dateFormat: 'Dates',
  headerLine: 'Header',
  timeStep: 'One step is a',
  kind: 'The file holds',
  negative: 'Money out',
  customerId: 'Whose file it is',
  outcomePositive: 'default',
};
const ROLE_KEYS: Record<string, keyof typeof ROLE_NAMES> = { features: 'feature', ignore: 'ignored' };

const place = (key: string): string => {
  const role = ROLE_KEYS[key] ?? key;
  return PLACES[key] ?? (Object.hasOwn(ROLE_NAMES, role) ? ROLE_NAMES[role as keyof typeof ROLE_NAMES] : key);
};

const KEYS = [
  ...Object.keys(PLACES),
  ...Object.keys(ROLE_NAMES).filter((role) => role !== 'ignored' && role !== 'feature'),
  ...Object.keys(ROLE_KEYS),
];
/** Placeholders stand in capitals: NAME, VALUE, A,B, V1,V2. */
const VALUE = '"[^"]*"|[A-Z][A-Z0-9]*(?:,[A-Z][A-Z0-9]*)*(?![\\w/-])|[^\\s,;:]*';
const PAIR = new RegExp(`\\b(?:(decimal|thousands)=([.,](?=[\\s,.]|$)|\\w*)|(${KEYS.join('|')})=(${VALUE}))`, 'g');
const PLACEHOLDER = /^[A-Z][A-Z0-9]*(?:,[A-Z][A-Z0-9]*)*$/;
const SIGNS: Record<string, string> = { '.': 'a decimal point', ',': 'a decimal comma' };

/** A message as the screen says it: settings are what they are called here, and their values are choices. */
export function plainWords(message: string): { text: string; ways: WayOut[] } {
  const ways: WayOut[] = [];
  const text = message
    .replaceAll(', or by number from 0', '')
    .replace('(delimiter, decimal, dateFormat, columns)', '(delimiter, numbers, dates, columns)')
    .replace(PAIR, (_, signKey: string | undefined, sign: string, otherKey: string, other: string) => {
      const [key, raw] = signKey === undefined ? [otherKey, other] : [signKey, sign];
      const end = signKey !== undefined ? '' : (/[.?!]$/.exec(raw)?.[0] ?? '');
      const value = raw.slice(0, raw.length - end.length).replace(/^"(.*)"$/, '$1');
      if (value === '') return `“${place(key)}”${end}`;
      if (PLACEHOLDER.test(value)) return `${key in PLACES ? '' : 'the role '}“${place(key)}”${end}`;
      const label = key === 'kind' ? (KIND_NAMES[value] ?? value) : key === 'decimal' ? (SIGNS[value] ?? value) : value;
      if (!ways.some((way) => way.key === key && way.value === value)) ways.push({ key, value, label });
      return `${label}${end}`;
    });
  return { text, ways };
}

export const plainFailure = (failure: Failure): Failure => ({ ...failure, message: plainWords(failure.message).text });
