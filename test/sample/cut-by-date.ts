import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Cuts a dated sample into the exports that a bank would have sent: each holds the rows after the one before it, and the
 * events that had happened by then. Without the sample's flag, which knows the future. `until`: ISO dates, rising.
 */
export function cutByDate(sample: string, files: readonly { until: string; path: string }[]): void {
  const [header, ...lines] = readFileSync(sample, 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  const [date, event, flag] = ['date', 'event_date', 'will_default'].map((name) => names.indexOf(name));
  const withoutFlag = (cells: string[]) => cells.filter((_, column) => column !== flag).join(',');
  let after = '';
  for (const { until, path } of files) {
    const rows = lines
      .map((line) => line.split(','))
      .filter((cells) => cells[date] > after && cells[date] <= until)
      .map((cells) => withoutFlag(cells.map((cell, column) => (column === event && cell > until ? '' : cell))));
    writeFileSync(path, `${[withoutFlag(names), ...rows].join('\n')}\n`);
    after = until;
  }
}
