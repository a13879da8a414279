/** Lists as settings take them: `a,"b, c"`. */

export const listText = (values: readonly string[]): string => values.map(quoted).join(',');

export const listed = (text: string | undefined): string[] =>
  text === undefined
    ? []
    : [...text.matchAll(/"((?:[^"]|"")*)"|([^,]+)/g)].map(
        (match) => match[1]?.replaceAll('""', '"') ?? match[2].trim(),
      );

const quoted = (value: string) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
