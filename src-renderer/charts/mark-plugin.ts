import type { Chart, Plugin } from 'chart.js';

/** A chart may draw itself before its scales are there. */
const hasScales = ({ scales }: Chart) => 'x' in scales && 'y' in scales;

type DrawMarks<Marks> = (chart: Chart, marks: Marks) => void;

/** Draws the marks that `read` gives at each drawing, some behind the lines and some over them. */
export function markPlugin<Marks>(
  id: string,
  read: () => Marks | null,
  { behind, over }: { behind: DrawMarks<Marks>[]; over: DrawMarks<Marks>[] },
): Plugin {
  const drawAll = (chart: Chart, draws: DrawMarks<Marks>[]) => {
    const marks = read();
    if (marks === null || !hasScales(chart)) return;
    for (const draw of draws) draw(chart, marks);
  };
  return {
    id,
    beforeDatasetsDraw: (chart) => drawAll(chart, behind),
    afterDatasetsDraw: (chart) => drawAll(chart, over),
  };
}
