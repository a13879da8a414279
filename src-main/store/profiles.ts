import type { Profile } from '../importing/profiles.ts';
import { DuecastError } from '../ipc/errors.ts';
import { writeAudit } from './audit.ts';
import { inTransaction, now, type PortfolioDb } from './database.ts';

/** The analyst's own profiles, by name. One that this version can't read is passed over. */
export const readProfiles = (db: PortfolioDb): Profile[] =>
  db
    .prepare<[], { name: string; profile: string }>('SELECT name, profile FROM profiles ORDER BY name')
    .all()
    .flatMap(({ name, profile }) => {
      try {
        return [{ ...(JSON.parse(profile) as Profile), name }];
      } catch {
        return [];
      }
    });

/** Keeps a profile; one of the same name is written over. */
export function saveProfile(db: PortfolioDb, profile: Profile): void {
  inTransaction(db, () => {
    const isKnown = db.prepare<[string], number>('SELECT 1 FROM profiles WHERE name = ?').pluck().get(profile.name);
    db.prepare(
      `INSERT INTO profiles (name, profile, created_at) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET name = excluded.name, profile = excluded.profile,
         created_at = excluded.created_at`,
    ).run(profile.name, JSON.stringify(profile), now());
    const did = isKnown === undefined ? 'Saved' : 'Changed';
    writeAudit(db, 'profile', `${did} the import profile “${profile.name}” (${profile.title})`);
  });
}

/** Throws `not-found`. What was imported with it stays. */
export function deleteProfile(db: PortfolioDb, name: string): void {
  inTransaction(db, () => {
    if (db.prepare('DELETE FROM profiles WHERE name = ?').run(name).changes === 0) {
      throw new DuecastError('not-found', `This portfolio has no profile “${name}”. Nothing was changed.`);
    }
    writeAudit(db, 'profile', `Deleted the import profile “${name}”`);
  });
}
