/** Columns that a sentence is easy to read in, however wide the terminal. */
const WIDEST = 110;

/** Cells that are lined up, rules and bars stay as they are. */
const LINED_UP = /\S {2,}\S|[─│┤┼▓░]/;

/** Breaks sentences between words to fit a terminal; `columns`: undefined where no terminal is written to. */
export function wrapped(text: string, columns: number | undefined): string {
  if (columns === undefined) return text;
  const width = Math.min(columns, WIDEST);
  return text
    .split('\n')
    .map((line) => (line.length <= width || LINED_UP.test(line.trim()) ? line : wrapLine(line, width)))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  const [indent] = line.match(/^ */)!;
  return broken(line.trim(), width - indent.length - 2)
    .map((part, i) => indent + (i === 0 ? '' : '  ') + part)
    .join('\n');
}

/** `title`, and `words` beside it from a column on: the next lines too. */
export function besides(title: string, words: string, columns: number | undefined): string {
  const parts = columns === undefined ? [words] : broken(words, Math.min(columns, WIDEST) - title.length);
  return parts.map((part, i) => (i === 0 ? title : ' '.repeat(title.length)) + part).join('\n');
}

/** A word that is longer than a line has one of its own. */
function broken(words: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
