import { Readable } from 'node:stream';
import { fileChunks, type FileBytes } from './bytes.ts';
import type { ImportContext } from './batches.ts';
import { refuseBinary, SIGNATURE_BYTES } from './binary-files.ts';
import { profileNamed, type Profile } from './profiles.ts';
import { decideReading, recogniseTable, type FileReading, type Findings } from './reading.ts';
import { quickLines, readSample } from './sample.ts';
import { readSettings, type ImportSettings } from './settings.ts';
import type { Survey } from './shapes.ts';
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

/** What has been found out before. */
export interface Known {
  /** As detected; a profile that is recognised may have its own. */
  encoding?: FoundEncoding;
  survey?: Survey | null;
  /** Decides provisionally, from little of a long file. */
  quick?: boolean;
}

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
  known: Known = {},
): Promise<FileReading> {
  const { profile } = wish;
  // A workbook's text is written here: how, is no question and no choice.
  const given = file.delimiter === undefined ? wish.given : { ...wish.given, ...WRITTEN, delimiter: file.delimiter };
  const found = known.encoding ?? (await detectEncoding(file, wish, context, known.quick));
  const { encoding } = found;
  findings.file = file.name;
  findings.encoding = encoding;
  findings.whyEncoding = found.why;
  findings.sample = await readSample(file, encoding, known.quick);
  let recognised = recogniseTable(findings.sample, given, profiles, profile);
  const own = ownEncoding(recognised.profile);
  if (given.encoding === null && own !== null && own !== encoding) {
    findings.encoding = own;
    findings.sample = await readSample(file, own, known.quick);
    recognised = recogniseTable(findings.sample, given, profiles, recognised.profile);
  }
  if (known.survey) recognised.table = { ...recognised.table, survey: known.survey };
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

/**
 * As asked, as the profile that was asked for has it, or as the first bytes show; else by all bytes of the file, with
 * `quick` by those of a sample.
 */
export async function detectEncoding(
  file: FileBytes,
  wish: Wish,
  { signal, progress }: ImportContext,
  quick = false,
): Promise<FoundEncoding> {
  const head = await file.readAt(0, SIGNATURE_BYTES);
  refuseBinary(file.name, head);
  const given = file.delimiter === undefined ? (wish.given.encoding ?? ownEncoding(wish.profile)) : WRITTEN.encoding;
  const ofHead = encodingOfHead(head);
  // Which way round UTF-16 is, its mark says better than a name.
  const isMarked = given?.startsWith('utf-16') === true && ofHead?.startsWith('utf-16') === true;
  const shown = isMarked ? ofHead : (given ?? ofHead);
  if (shown !== null) return { encoding: shown, why: '', brokenBytes: 0 };
  const onChunk = (done: number) => progress({ phase: 'encoding', done, total: file.size });
  return encodingOfChunks(quick ? Readable.from(await quickLines(file)) : fileChunks(file, signal, onChunk));
}
