/** Endings of files that are no tables, with what they are. */
const OTHER_ENDINGS: Record<string, string> = {
  pdf: 'a PDF',
  html: 'a web page',
  htm: 'a web page',
  xml: 'XML',
  json: 'JSON',
  md: 'a text to read',
  log: 'a log',
  rtf: 'a text document',
  doc: 'a text document',
  docx: 'a text document',
  ini: 'settings',
  yaml: 'settings',
  yml: 'settings',
  sql: 'a program',
  js: 'a program',
  py: 'a program',
  sh: 'a program',
  bat: 'a program',
  lnk: 'a shortcut',
  url: 'a shortcut',
  duecast: 'a portfolio',
};

/**
 * Why a file in a folder or an archive is passed over by its name alone; null where its content decides. `path` has its
 * folders, from the one that was given, with `/` between them.
 */
export function passedOverByName(path: string): string | null {
  const parts = path.split('/');
  const name = parts.at(-1)!;
  if (parts.includes('__MACOSX')) return 'left by macOS';
  if (parts.some((part) => part.startsWith('.') && part !== '.' && part !== '..')) return 'hidden';
  if (/^(thumbs\.db|desktop\.ini)$/i.test(name)) return 'left by Windows';
  if (name.startsWith('~$')) return 'left by Excel';
  if (/^(read[ _-]?me|liesmich|lisez[ _-]?moi|licen[cs]e|copying|changelog|notice)(\.[a-z]{1,4})?$/i.test(name))
    return 'a text to read';
  return OTHER_ENDINGS[/\.([a-z]+)$/i.exec(name)?.[1]!.toLowerCase() ?? ''] ?? null;
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** By name, numbers inside by their value: month 2 before month 10. */
export const byName = (a: { name: string }, b: { name: string }): number =>
  natural.compare(a.name, b.name) || (a.name < b.name ? -1 : 1);
