/** Columns of a header as settings and profiles refer to them: by name, whatever its case. */

export const hasName = (names: readonly string[], name: string): boolean =>
  names.some((other) => other.toLowerCase() === name.toLowerCase());

/** A column's name as settings take it; its number where another column has the same. */
export function referenceTo(names: readonly string[], column: number): string {
  const name = names[column]!;
  return names.filter((other) => other.toLowerCase() === name.toLowerCase()).length === 1 ? name : String(column);
}

/** As a name stands in a list of them. */
export const quotedName = (name: string): string => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
