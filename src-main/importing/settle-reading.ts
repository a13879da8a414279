import { DuecastError } from '../ipc/errors.ts';
import type { ImportContext } from './batches.ts';
import type { FileBytes } from './bytes.ts';
import { detectEncoding, examineFile, type AskedReading, type Known, type Wish } from './examine.ts';
import type { Profile } from './profiles.ts';
import { signatureOf, type FileReading, type Findings } from './reading.ts';
import type { RowBlock } from './row-blocks.ts';
import { openRows } from './row-source.ts';
import { surveyFile } from './survey.ts';
import type { PortfolioShape } from './target.ts';

/** What decides how a file is read. */
export interface Asked {
  file: FileBytes;
  path: string;
  asked: AskedReading;
  wish: Wish;
  profiles: readonly Profile[];
  portfolio: PortfolioShape;
}

/** After so many values that another format would read, no more rows are needed to doubt the formats. */
const ENOUGH_DOUBTS = 1_000;

/**
 * Finds out how a file is read, and reads all of it with `read`. The formats of dates and numbers are decided from a
 * sample. Where that leaves them open, or while the rows are read values are set aside that another format reads, the
 * whole file is surveyed and all is decided anew; what `read` did by another decision is taken back with `takeBack`. So
 * nothing depends on where in the file the deciding values stand. `findings` is filled on the way.
 *
 * Errors: as `examineFile`, and what `read` throws.
 */
export async function settleReading<T>(
  { file, path, asked, wish, profiles, portfolio }: Asked,
  context: ImportContext,
  read: (reading: FileReading, blocks: AsyncIterable<RowBlock>) => Promise<T>,
  takeBack: () => void,
  findings: Findings = {},
): Promise<{ reading: FileReading; read: T }> {
  let source = openRows(file);
  const encoding = await detectEncoding(file, wish, context).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  const decide = (known: Known) => examineFile(file, wish, profiles, portfolio, context, findings, known);

  /** Null where the sample leaves the formats open. */
  const attempt = async (known: Known, decided: FileReading | null) => {
    const survey = known.survey ?? null;
    source.start({ file: path, asked, profiles, portfolio, encoding, survey });
    try {
      const reading = decided ?? (await decide(known).catch((error: unknown) => ifUndecided(error, findings)));
      if (reading === null) return null;
      const doubting = survey === null && isSampled(findings);
      const watched = watching(source.rows(reading, context.signal), doubting, (done) =>
        context.progress({ phase: 'rows', done, total: file.size }),
      );
      return { reading, read: await read(reading, watched.blocks), doubts: watched.doubts() };
    } finally {
      await source.close();
    }
  };

  const first = await attempt({ encoding }, null);
  if (first?.doubts === 'none') return first;
  const survey = await surveyFile(file, findings.table!, findings.encoding!, context);
  const reading = await decide({ encoding, survey });
  if (first?.doubts === 'some' && signatureOf(first.reading) === signatureOf(reading)) return first;
  if (first !== null) takeBack();
  source = openRows(file);
  return (await attempt({ encoding, survey }, reading))!;
}

/** Null where a sample was too little to decide by; there must be a table, so that the rest can be looked at. */
function ifUndecided(error: unknown, findings: Findings): null {
  const refused = error instanceof DuecastError && error.code === 'data-refused';
  if (refused && isSampled(findings) && findings.table !== undefined) return null;
  throw error;
}

const isSampled = ({ sample }: Findings) => sample?.whole === false;

/** Tells how far the reading is, and watches for values in doubt; ends early once there are enough of them. */
function watching(source: AsyncIterable<RowBlock>, doubting: boolean, progress: (bytes: number) => void) {
  let doubts: 'none' | 'some' | 'enough' = 'none';
  async function* blocks(): AsyncGenerator<RowBlock> {
    let told = 0;
    for await (const block of source) {
      yield block;
      if (block.bytesRead > told) progress(block.bytesRead);
      told = block.bytesRead;
      if (!doubting || block.doubts === 0) continue;
      doubts = block.doubts < ENOUGH_DOUBTS || block.sha256 !== null ? 'some' : 'enough';
      if (doubts === 'enough') return;
    }
  }
  return { blocks: blocks(), doubts: () => doubts };
}
