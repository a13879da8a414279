import { Readable } from 'node:stream';
import { fileChunks, type FileBytes } from './bytes.ts';
import type { ImportContext } from './batches.ts';
import { profileNamed, type Profile } from './profiles.ts';
import { decideReading, recogniseTable, type FileReading, type Findings } from './reading.ts';
import { quickLines, readSample } from './sample.ts';
import { readSettings, type ImportSettings } from './settings.ts';
import type { Survey } from './surveyed.ts';
import type { PortfolioShape } from './target.ts';
import { encodingNamed, encodingOfChunks, encodingOfHead, refuseBinary } from './text.ts';

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
  encoding?: string;
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
  { given, profile }: Wish,
  profiles: readonly Profile[],
  portfolio: PortfolioShape,
  context: ImportContext,
  findings: Findings = {},
  known: Known = {},
): Promise<FileReading> {
  const encoding = known.encoding ?? (await detectEncoding(file, { given, profile }, context, known.quick));
  findings.encoding = encoding;
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
  return decideReading(recognised, findings.encoding, given, portfolio, findings);
}

const ownEncoding = (profile: Profile | null): string | null =>
  profile?.settings['encoding'] === undefined ? null : encodingNamed(profile.settings['encoding']);

/** As asked, or as the profile that was asked for has it; else only the whole file can tell UTF-8 from windows-1252. */
export async function detectEncoding(
  file: FileBytes,
  { given, profile }: Wish,
  { signal, progress }: ImportContext,
  quick = false,
): Promise<string> {
  const head = await file.readAt(0, 4096);
  refuseBinary(file.name, head);
  const onChunk = (done: number) => progress({ phase: 'encoding', done, total: file.size });
  const asked = given.encoding ?? ownEncoding(profile) ?? encodingOfHead(head);
  return asked ?? encodingOfChunks(quick ? Readable.from(await quickLines(file)) : fileChunks(file, signal, onChunk));
}
