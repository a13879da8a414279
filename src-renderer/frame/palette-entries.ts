/** Something that the palette can take the analyst to. */
export interface PaletteEntry {
  id: string;
  group: 'Customers' | 'Screens' | 'Actions';
  label: string;
  note?: string | undefined;
  run: () => void;
}

/**
 * Those whose label holds every word of what was typed, in any order and case; ones that begin with it come first, and
 * otherwise the order stays.
 */
export function matching(entries: readonly PaletteEntry[], typed: string): PaletteEntry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  const leads = ({ label }: PaletteEntry) => label.toLowerCase().startsWith(words[0] ?? '');
  return [...found.filter(leads), ...found.filter((entry) => !leads(entry))];
}
