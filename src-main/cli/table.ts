/** Columns lined up with two spaces between; numbers to the right. */
export function table(header: string[], rows: string[][], right: readonly boolean[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const draw = (line: string[]) =>
    line
      .map((cell, column) => (right[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  return [draw(header), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(draw)].join('\n');
}
