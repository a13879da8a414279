import { profileNamed, shippedProfiles } from '../importing/profiles.ts';
import { profileText, readProfileFile } from '../importing/profile-file.ts';
import { DuecastError } from '../ipc/errors.ts';
import type { ProfileFileView, ProfileView } from '../ipc/views.ts';
import type { PortfolioDb } from '../store/database.ts';
import { readProfiles, saveProfile } from '../store/profiles.ts';
import { writeWholeFile } from '../store/whole-file.ts';
import { listProfiles } from './import-readings.ts';

/** Writes a profile, saved or shipped, as a file; an existing one is replaced. Throws `usage`, `file-unreadable`. */
export async function exportProfile(db: PortfolioDb, name: string, path: string): Promise<{ name: string }> {
  const profile = profileNamed([...readProfiles(db), ...(await shippedProfiles())], name);
  await writeWholeFile(path, (file) => file.write(profileText(profile)));
  return { name: profile.name };
}

/** What a profile's file holds, and who has its name already. Throws as `readProfileFile` does. */
export async function lookAtProfile(db: PortfolioDb, path: string): Promise<ProfileFileView> {
  const { name, title, header, shape } = await readProfileFile(path);
  return { name, title, columns: header.length, hasHeader: shape === undefined, taken: await ownerOf(db, name) };
}

/**
 * Keeps a profile from a file, under its own name or another. Throws as `readProfileFile` does; `not-allowed` where the
 * name is taken and `replace` is not set, or is a shipped profile's.
 */
export async function importProfile(
  db: PortfolioDb,
  request: { path: string; name: string | null; replace: boolean },
): Promise<{ name: string; replaced: boolean; profiles: ProfileView[] }> {
  const profile = await readProfileFile(request.path);
  const name = request.name ?? profile.name;
  const owner = await ownerOf(db, name);
  if (owner === 'shipped') {
    throw new DuecastError(
      'not-allowed',
      `“${name}” is the name of a profile that comes with Duecast. Choose another.`,
    );
  }
  if (owner === 'portfolio' && !request.replace) {
    throw new DuecastError(
      'not-allowed',
      `This portfolio has a profile “${name}” already; nothing was changed. Replace it, or choose another name.`,
    );
  }
  saveProfile(db, { ...profile, name });
  return { name, replaced: owner === 'portfolio', ...(await listProfiles(db)) };
}

async function ownerOf(db: PortfolioDb, name: string): Promise<ProfileFileView['taken']> {
  const isIt = (profile: { name: string }) => profile.name.toLowerCase() === name.toLowerCase();
  if ((await shippedProfiles()).some(isIt)) return 'shipped';
  return readProfiles(db).some(isIt) ? 'portfolio' : null;
}
