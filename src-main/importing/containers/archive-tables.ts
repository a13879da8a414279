import { contentSort, SIGNATURE_BYTES } from '../binary-files.ts';
import { DuecastError } from '../../ipc/errors.ts';
import { byName, passedOverByName } from './table-names.ts';
import type { ZipEntry } from './zip-archive.ts';

export interface PassedOver {
  name: string;
  reason: string;
}

/** The entries of an archive that may hold a table, by name, and those that are passed over. */
export async function tablesInArchive(
  entries: readonly ZipEntry[],
): Promise<{ tables: ZipEntry[]; passedOver: PassedOver[] }> {
  const tables: ZipEntry[] = [];
  const passedOver: PassedOver[] = [];
  for (const entry of [...entries].sort(byName)) {
    const reason = passedOverByName(entry.name) ?? (await passedOverByContent(entry));
    if (reason === null) tables.push(entry);
    else passedOver.push({ name: entry.name, reason });
  }
  return { tables, passedOver };
}

/** An entry that can't be read is no reason to pass it over: whoever reads it hears why. */
async function passedOverByContent(entry: ZipEntry): Promise<string | null> {
  if (entry.bytes === 0) return 'empty';
  if (entry.isEncrypted) return null;
  try {
    return passedOverByHead(entry.name, await headOf(entry));
  } catch (error) {
    if (error instanceof DuecastError) return null;
    throw error;
  }
}

/** Why a file is passed over by its first bytes, null where it may hold a table. */
export function passedOverByHead(name: string, head: Uint8Array): string | null {
  const found = contentSort(head);
  if (found.sort === 'other') return found.what;
  return found.sort === 'zip' && /\.zip$/i.test(name) ? 'an archive' : null;
}

async function headOf({ chunks }: ZipEntry): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks()) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= SIGNATURE_BYTES) break;
  }
  return Buffer.concat(parts);
}

export function passedOverNote(passedOver: readonly PassedOver[]): string[] {
  if (passedOver.length === 0) return [];
  const shown = passedOver.slice(0, 10).map(({ name, reason }) => `${name} (${reason})`);
  const more = passedOver.length - shown.length;
  return [`Passed over: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`];
}
