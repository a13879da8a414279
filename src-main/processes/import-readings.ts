import type { ImportContext } from '../importing/batches.ts';
import type { AskedReading } from '../importing/examine.ts';
import { previewFile, wholePreview } from '../importing/preview.ts';
import { shippedProfiles } from '../importing/profiles.ts';
import { profileFromFile } from '../importing/saved-profile.ts';
import type { PortfolioShape } from '../importing/target.ts';
import type { FilePreview, ProfileView } from '../ipc/views.ts';
import type { PortfolioDb } from '../store/database.ts';
import { portfolioShape } from '../store/portfolio.ts';
import { readProfiles, saveProfile } from '../store/profiles.ts';

const NO_PORTFOLIO: PortfolioShape = { timeStep: null, dated: null, outcomeKind: 'none', features: [] };

type ReadingRequest = AskedReading & { file: string };

/** How a file would be read into a portfolio, by a look at parts of it; null: into a new one. */
export const previewImport = (db: PortfolioDb | null, request: ReadingRequest): Promise<FilePreview> =>
  db === null ? previewFile(request, NO_PORTFOLIO, []) : previewFile(request, portfolioShape(db), readProfiles(db));

/** The same once all of the file has been read: what an import decides. */
export const surveyImport = (
  db: PortfolioDb | null,
  request: ReadingRequest,
  context: ImportContext,
): Promise<FilePreview> =>
  db === null
    ? wholePreview(request, NO_PORTFOLIO, [], context)
    : wholePreview(request, portfolioShape(db), readProfiles(db), context);

/** The portfolio's own profiles, then those that come with the program. */
export async function listProfiles(db: PortfolioDb): Promise<{ profiles: ProfileView[] }> {
  const view = (origin: ProfileView['origin']) => (profile: { name: string; title: string }) => ({
    name: profile.name,
    title: profile.title,
    origin,
  });
  return { profiles: [...readProfiles(db).map(view('portfolio')), ...(await shippedProfiles()).map(view('shipped'))] };
}

/** Keeps how a file is read under a name. */
export async function keepProfile(db: PortfolioDb, name: string, request: ReadingRequest) {
  saveProfile(db, await profileFromFile(name, request, portfolioShape(db), readProfiles(db)));
  return listProfiles(db);
}
