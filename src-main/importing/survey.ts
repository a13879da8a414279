import type { ImportContext } from './batches.ts';
import { fileChunks, type FileBytes } from './bytes.ts';
import { fitsWidth, type Table } from './dialect.ts';
import { detached, RecordReader } from './records.ts';
import { shapeOf } from './shapes.ts';
import type { Survey } from './surveyed.ts';
import { TextReader } from './text.ts';

const ROWS = 30_000;
/** Shapes that are kept of a column; texts with digits in them have no end of shapes. */
const SHAPES = 2_000;
/** Whole numbers say nothing of the decimal sign. */
const PLAIN = 1_000;
/** Beyond, counts are scaled down alike. */
const COUNTED = 500_000;

interface Shape {
  example: string;
  count: number;
}

/**
 * Looks at every record of a file. A sample may hold only values that several formats read, or by chance none of those
 * that decide: cells of one shape (1.234,5 and 7.890,1; 13/01/2024 and 28/12/2023) decide alike, so one of each shape
 * with its count is as good as all of them. Throws `cancelled`, `file-unreadable`.
 */
export async function surveyFile(
  file: FileBytes,
  table: Table,
  encoding: string,
  { signal, progress }: ImportContext,
): Promise<Survey> {
  const reader = new RecordReader(table);
  const text = new TextReader(encoding);
  const width = table.names.length;
  const shapes = table.names.map(() => new Map<number, Shape>());
  let drawn: string[][] = [];
  let every = 1;
  let read = 0;
  const takeRecords = () => {
    while (reader.next()) {
      if (reader.line <= table.lastLineBeforeData || reader.problem !== null || !fitsWidth(reader.fields, width))
        continue;
      for (let column = 0; column < width; column++) countShape(shapes[column]!, reader.fields[column]!);
      if (read++ % every !== 0) continue;
      drawn.push(reader.fields.map(detached));
      if (drawn.length < ROWS) continue;
      every *= 2;
      drawn = drawn.filter((_, i) => i % 2 === 0);
    }
  };
  for await (const chunk of fileChunks(file, signal, (done) => progress({ phase: 'survey', done, total: file.size }))) {
    reader.push(text.decode(chunk));
    takeRecords();
  }
  reader.push(text.end());
  reader.end();
  takeRecords();
  return {
    drawn,
    rare: shapes.map((known, column) => {
      const common = new Set(drawn.map((row) => shapeOf(row[column]!)));
      return [...known].flatMap(([shape, { example }]) => (common.has(shape) ? [] : [example]));
    }),
    shapes: shapes.map(weighted),
  };
}

function countShape(shapes: Map<number, Shape>, cell: string): void {
  const shape = shapeOf(cell);
  if (shape === 0) return;
  const known = shapes.get(shape);
  if (known !== undefined) known.count++;
  else if (shapes.size < SHAPES) shapes.set(shape, { example: detached(cell.trim()), count: 1 });
}

function weighted(shapes: Map<number, Shape>): Shape[] {
  const capped = [...shapes.values()].map(({ example, count }) => ({
    example,
    count: /^\d+$/.test(example) ? Math.min(count, PLAIN) : count,
  }));
  const total = capped.reduce((sum, { count }) => sum + count, 0);
  if (total <= COUNTED) return capped;
  return capped.map(({ example, count }) => ({ example, count: Math.ceil((count * COUNTED) / total) }));
}
