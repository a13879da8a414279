import type { TimeStep } from '../../src-main/ipc/documents.ts';
import type { FilePreview } from '../../src-main/ipc/views.ts';

export interface Choice {
  label: string;
  /** The settings that it gives. */
  settings: Readonly<Record<string, string>>;
}

/** One part of how a file is read: what it is now, why, and what else it could be. */
export interface ReadingChip {
  id: string;
  title: string;
  /** What it is now; null while it is open. */
  value: string | null;
  why: string;
  choices: readonly Choice[];
  /** The choice that is in force, by its place; −1: none of them. */
  current: number;
  /** For what is not among the choices: the setting that it is typed for. */
  typed: { key: string; label: string; hint: string } | null;
  /** The settings that it stands for. */
  keys: readonly string[];
  isSet: boolean;
  /** The problem of the file is solved here. */
  toSet: boolean;
}

const ENCODINGS: [string, string][] = [
  ['utf-8', 'UTF-8'],
  ['windows-1252', 'Windows-1252, Western Europe'],
  ['windows-1250', 'Windows-1250, Central Europe'],
  ['windows-1251', 'Windows-1251, Cyrillic'],
  ['iso-8859-2', 'ISO 8859-2'],
  ['iso-8859-15', 'ISO 8859-15'],
  ['utf-16le', 'UTF-16, little-endian'],
  ['utf-16be', 'UTF-16, big-endian'],
  ['shift_jis', 'Shift JIS'],
  ['gb18030', 'GB 18030'],
];
const DELIMITERS: [string, string][] = [
  [',', 'comma ,'],
  [';', 'semicolon ;'],
  ['\t', 'tab'],
  ['|', 'bar |'],
  [' ', 'space'],
];
const QUOTES: [string, string][] = [
  ['"', 'double "'],
  ["'", "single '"],
  ['', 'none'],
];
/** Decimal and thousands signs. */
const NUMBERS: [string, string][] = [
  ['.', ''],
  ['.', ','],
  ['.', ' '],
  ['.', "'"],
  [',', ''],
  [',', '.'],
  [',', ' '],
];
const DATES = [
  'yyyy-MM-dd',
  'dd.MM.yyyy',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'dd-MM-yyyy',
  'dd-MMM-yyyy',
  'yyyyMMdd',
  'yyyy/MM/dd',
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM',
  'yyyyMM',
];
const STEPS: TimeStep[] = ['day', 'week', 'month'];
const KINDS: [string, string][] = [
  ['history', 'histories of customers'],
  ['ledger', 'transactions of accounts'],
  ['outcomes', 'outcomes alone'],
];
export const KIND_NAMES: Readonly<Record<string, string>> = Object.fromEntries(KINDS);

const NUMBER_KEYS = ['decimal', 'thousands'] as const;

export const numberExample = (decimal: string, thousands: string) => `1${thousands}234${decimal}56`;

/** Everything that can be set about a file but for its columns, in the order of reading. */
export function chipsOf(preview: FilePreview, settings: Readonly<Record<string, string>>): ReadingChip[] {
  const { dialect, why, reading, toSet } = preview;
  const one = (key: string, known: readonly [string, string][], value: string | undefined, title: string) => {
    // Settings say “none” for the empty text.
    const choices = known.map(([setting, label]) => ({
      label,
      settings: { [key]: setting === '' ? 'none' : setting },
    }));
    const current = known.findIndex(([setting]) => setting === value);
    return {
      id: key,
      title,
      keys: [key],
      choices,
      current,
      typed: null,
      why: why[key as keyof typeof why] ?? 'Not decided yet.',
      isSet: settings[key] !== undefined,
      toSet: toSet.includes(key),
    };
  };
  const named = (known: readonly [string, string][], value: string | undefined) =>
    value === undefined ? null : (known.find(([setting]) => setting === value)?.[1] ?? value);

  const { encoding, delimiter, quote, decimal, thousands, dateFormat, headerLine } = dialect;
  const kind = reading?.kind ?? settings['kind'];
  const timeStep = reading?.timeStep ?? settings['timeStep'];
  return [
    {
      ...one('encoding', ENCODINGS, encoding, 'Encoding'),
      value: encoding === undefined ? null : (named(ENCODINGS, encoding)?.split(',')[0] ?? null),
      typed: { key: 'encoding', label: 'Another encoding', hint: 'By its name, such as iso-8859-7.' },
    },
    {
      ...one('delimiter', DELIMITERS, delimiter, 'Delimiter'),
      value: delimiter === '\t' ? 'tab' : delimiter === ' ' ? 'space' : (delimiter ?? null),
      typed: { key: 'delimiter', label: 'Another delimiter', hint: 'One character.' },
    },
    {
      ...one('quote', QUOTES, quote, 'Quotes'),
      value: quote === undefined ? null : quote === '' ? 'no quotes' : `quotes ${quote}`,
    },
    {
      ...one('headerLine', [['0', 'no header']], headerLine === undefined ? undefined : String(headerLine), 'Header'),
      value: headerLine === undefined ? null : headerLine === 0 ? 'no header' : `header in line ${headerLine}`,
      typed: { key: 'headerLine', label: 'The line with the names', hint: 'Counted from 1, as beside the raw lines.' },
    },
    {
      id: 'numbers',
      title: 'Numbers',
      value: decimal === undefined || thousands === undefined ? null : numberExample(decimal, thousands),
      why: NUMBER_KEYS.map((key) => why[key])
        .filter((words, i, all) => words !== undefined && all.indexOf(words) === i)
        .join(' '),
      choices: NUMBERS.map(([point, group]) => ({
        label: numberExample(point, group),
        settings: { decimal: point, thousands: group === '' ? 'none' : group === ' ' ? 'space' : group },
      })),
      current: NUMBERS.findIndex(([point, group]) => point === decimal && group === thousands),
      typed: null,
      keys: NUMBER_KEYS,
      isSet: NUMBER_KEYS.some((key) => settings[key] !== undefined),
      toSet: NUMBER_KEYS.some((key) => toSet.includes(key)),
    },
    {
      ...one(
        'dateFormat',
        DATES.map((format) => [format, format]),
        dateFormat,
        'Dates',
      ),
      value: dateFormat === undefined ? null : dateFormat === '' ? 'no dates' : dateFormat,
      typed: {
        key: 'dateFormat',
        label: 'Another format',
        hint: 'yyyy or yy, MM, M or MMM, dd or d, with the signs between them.',
      },
    },
    {
      ...one(
        'timeStep',
        STEPS.map((step) => [step, step]),
        timeStep,
        'One step is a',
      ),
      value: timeStep === undefined ? null : `by ${timeStep}`,
    },
    { ...one('kind', KINDS, kind, 'The file holds'), value: named(KINDS, kind) },
  ];
}
