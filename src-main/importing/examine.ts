import { fileChunks, type FileBytes } from './bytes.ts';
import type { ImportContext } from './batches.ts';
import { refuseBinary, SIGNATURE_BYTES } from './binary-files.ts';
import { profileNamed, type Profile } from './profiles.ts';
import { decideReading, recogniseTable, type FileReading, type Findings } from './reading.ts';
import { readSample } from './sample.ts';
import { readSettings, type ImportSettings } from './settings.ts';
import type { PortfolioShape } from './target.ts';
import { encodingNamed, encodingOfChunks, encodingOfHead, type FoundEncoding } from './text.ts';

/** How the analyst wants a file read: `--set` pairs, and a profile by its name. */
export interface AskedReading {
  profile: string | null;
  settings: readonly { key: string; value: string }[];
}

/** The same, understood. */
export interface Wish {
  given: ImportSettings;
  profile: Profile | null;
}

/** Throws `usage` for settings and profiles that don't exist; the file is not needed. */
export const understand = ({ profile, settings }: AskedReading, profiles: readonly Profile[]): Wish => ({
  given: readSettings(settings),
  profile: profile === null ? null : profileNamed(profiles, profile),
});

/**
 * Finds out how a file is read, from its encoding to its columns: what a preview shows, and what an import does before
 * its first row. `findings` is filled on the way.
 *
 * Errors: `usage` for settings and a profile that don't fit the file; `data-refused` where the file leaves open how it is
 * read; `cancelled`.
 */
export async function examineFile(
  file: FileBytes,
  wish: Wish,
  profiles: readonly Profile[],
  portfolio: PortfolioShape,
  context: ImportContext,
  findings: Findings = {},
): Promise<FileReading> {
  const { profile } = wish;
  // A workbook's text is written here: how, is no question and no choice.
  const given = file.delimiter === undefined ? wish.given : { ...wish.given, ...WRITTEN, delimiter: file.delimiter };
  const found = await encodingOf(file, given.encoding ?? ownEncoding(profile), context);
  const { encoding } = found;
  findings.file = file.name;
  findings.encoding = encoding;
  findings.whyEncoding = found.why;
  findings.sample = await readSample(file, encoding);
  let recognised = recogniseTable(findings.sample, given, profiles, profile);
  const own = ownEncoding(recognised.profile);
  if (given.encoding === null && own !== null && own !== encoding) {
    findings.encoding = own;
    findings.sample = await readSample(file, own);
    recognised = recogniseTable(findings.sample, given, profiles, recognised.profile);
  }
  Object.assign(findings, recognised);
  const reading = decideReading(recognised, findings.encoding, given, portfolio, findings);
  reading.warnings.push(...(file.notes ?? []));
  if (findings.encoding === encoding && found.brokenBytes > 0) reading.warnings.push(brokenBytes(found));
  return reading;
}

function brokenBytes({ encoding, brokenBytes: count }: FoundEncoding): string {
  const bytes = count === 1 ? '1 byte of the file is' : `${count.toLocaleString('en-US')} bytes of the file are`;
  return `${bytes} not valid ${encoding}: they were broken before the file came here. Rows where a column in use holds them are set aside.`;
}

const WRITTEN = { encoding: 'utf-8', quote: '"' };

const ownEncoding = (profile: Profile | null): string | null =>
  profile?.settings['encoding'] === undefined ? null : encodingNamed(profile.settings['encoding']);

/** What is given, what the first bytes show, or what the whole file shows. */
async function encodingOf(
  file: FileBytes,
  given: string | null,
  { signal, progress }: ImportContext,
): Promise<FoundEncoding> {
  const head = await file.readAt(0, SIGNATURE_BYTES);
  refuseBinary(file.name, head);
  const ofHead = encodingOfHead(head);
  // Which way round UTF-16 is, its mark says better than a name.
  const isMarked = given?.startsWith('utf-16') === true && ofHead?.startsWith('utf-16') === true;
  const shown = isMarked ? ofHead : (given ?? ofHead);
  if (shown !== null) return { encoding: shown, why: '', brokenBytes: 0 };
  const onChunk = (done: number) => progress({ phase: 'encoding', done, total: file.size });
  return encodingOfChunks(fileChunks(file, signal, onChunk));
}
