import type { ImportContext } from '../importing/batches.ts';
import type { AskedReading } from '../importing/examine.ts';
import { mendingProfile } from '../importing/mending.ts';
import { previewFile, wholePreview } from '../importing/preview.ts';
import { shippedProfiles, type Profile } from '../importing/profiles.ts';
import { profileFromFile } from '../importing/saved-profile.ts';
import type { PortfolioShape } from '../importing/target.ts';
import type { ImportDocument } from '../ipc/documents.ts';
import type { FilePreview, ProfileView } from '../ipc/views.ts';
import type { PortfolioDb } from '../store/database.ts';
import { earlierFiles } from '../store/imports.ts';
import { portfolioShape } from '../store/portfolio.ts';
import { readProfiles, saveProfile } from '../store/profiles.ts';
import { keepReading, readingsWithSetAside } from '../store/set-aside.ts';

const NO_PORTFOLIO: PortfolioShape = { timeStep: null, dated: null, outcomeKind: 'none', features: [] };

/** What a file that is looked at is held against. */
const known = (db: PortfolioDb): PortfolioShape => ({ ...portfolioShape(db), earlier: earlierFiles(db) });

type ReadingRequest = AskedReading & { file: string };

/** Those that files are recognised by, beside the shipped ones: the analyst's own, then those of set-aside rows. */
export const knownProfiles = (db: PortfolioDb): Profile[] => [
  ...readProfiles(db),
  ...readingsWithSetAside(db).map(mendingProfile),
];

/** Keeps how the file of an import was read. Belongs into its transaction. */
export async function keepHow(
  db: PortfolioDb,
  { settings }: AskedReading,
  { batchId, profile }: ImportDocument,
  profiles: readonly Profile[],
): Promise<void> {
  if (batchId === null) return;
  const found = [...profiles, ...(await shippedProfiles())].find(({ name }) => name === profile) ?? null;
  keepReading(db, batchId, [...settings], found);
}

/** How a file would be read into a portfolio, by a look at parts of it; null: into a new one. */
export const previewImport = (db: PortfolioDb | null, request: ReadingRequest): Promise<FilePreview> =>
  db === null ? previewFile(request, NO_PORTFOLIO, []) : previewFile(request, known(db), knownProfiles(db));

/** The same once all of the file has been read: what an import decides. */
export const surveyImport = (
  db: PortfolioDb | null,
  request: ReadingRequest,
  context: ImportContext,
): Promise<FilePreview> =>
  db === null
    ? wholePreview(request, NO_PORTFOLIO, [], context)
    : wholePreview(request, known(db), knownProfiles(db), context);

/** The portfolio's own profiles, then those that come with the program. */
export async function listProfiles(db: PortfolioDb): Promise<{ profiles: ProfileView[] }> {
  const view = (origin: ProfileView['origin']) => (profile: Profile) => ({
    name: profile.name,
    title: profile.title,
    source: profile.source ?? null,
    origin,
  });
  return { profiles: [...readProfiles(db).map(view('portfolio')), ...(await shippedProfiles()).map(view('shipped'))] };
}

/** Keeps how a file is read under a name. */
export async function keepProfile(db: PortfolioDb, name: string, request: ReadingRequest) {
  saveProfile(db, await profileFromFile(name, request, known(db), knownProfiles(db)));
  return listProfiles(db);
}
