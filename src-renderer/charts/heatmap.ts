import type { ChartTheme } from './theme.ts';

/** A signed figure for each of some rows and columns. */
export interface HeatmapData {
  rows: string[];
  columns: string[];
  /** By row, then by column. */
  values: readonly (readonly number[])[];
}

export const LABEL_WIDTH = 190;
export const ROW_HEIGHT = 22;
export const AXIS_HEIGHT = 22;
const GAP = 1;
/** Of a cell: what lowers is drawn smaller, so that the sign is told without colours. */
const LOWERING_SIZE = 0.55;
/** Weaker than this share of the strongest is not drawn. */
const LEAST = 0.01;
const LABEL_ROOM = 84;

/** The largest size of any value, 0 where there is none. */
export const strongest = ({ values }: HeatmapData) => Math.max(0, ...values.flat().map(Math.abs));

/** Which cell lies under a place on the canvas, in CSS pixels; null beside the cells. */
export function cellAt(
  { rows, columns }: HeatmapData,
  width: number,
  x: number,
  y: number,
): { row: number; column: number } | null {
  const column = Math.floor((x - LABEL_WIDTH) / ((width - LABEL_WIDTH) / columns.length));
  const row = Math.floor(y / ROW_HEIGHT);
  return column >= 0 && column < columns.length && row >= 0 && row < rows.length ? { row, column } : null;
}

/** Draws on a context whose unit is a CSS pixel: full cells raise, small ones lower; stronger ones are darker. */
export function drawHeatmap(
  context: CanvasRenderingContext2D,
  data: HeatmapData,
  theme: ChartTheme,
  width: number,
  pointed: { row: number; column: number } | null,
): void {
  const { rows, columns, values } = data;
  const most = strongest(data);
  const cell = (width - LABEL_WIDTH) / columns.length;
  context.clearRect(0, 0, width, rows.length * ROW_HEIGHT + AXIS_HEIGHT);
  context.font = `${theme.textPx}px ${theme.font}`;
  context.textBaseline = 'middle';
  rows.forEach((name, row) => {
    const top = row * ROW_HEIGHT;
    context.globalAlpha = 1;
    context.fillStyle = theme.inkSoft;
    context.textAlign = 'left';
    context.fillText(fitted(context, name, LABEL_WIDTH - 8), 0, top + ROW_HEIGHT / 2);
    context.fillStyle = theme.hairline;
    context.globalAlpha = 0.35;
    context.fillRect(LABEL_WIDTH, top + GAP, width - LABEL_WIDTH, ROW_HEIGHT - 2 * GAP);
    values[row].forEach((value, column) => {
      const strength = most === 0 ? 0 : Math.abs(value) / most;
      if (strength < LEAST) return;
      const share = value > 0 ? 1 : LOWERING_SIZE;
      const [wide, tall] = [(cell - GAP) * share, (ROW_HEIGHT - 2 * GAP) * share];
      context.fillStyle = value > 0 ? theme.levels.Critical.mark : theme.looks.accent;
      context.globalAlpha = 0.15 + 0.85 * Math.sqrt(strength);
      context.fillRect(LABEL_WIDTH + column * cell + (cell - wide) / 2, top + (ROW_HEIGHT - tall) / 2, wide, tall);
    });
  });
  context.globalAlpha = 1;
  const bottom = rows.length * ROW_HEIGHT + AXIS_HEIGHT / 2 + 2;
  context.fillStyle = theme.inkSoft;
  const every = Math.max(1, Math.ceil(LABEL_ROOM / cell));
  for (let column = columns.length - 1; column >= 0; column -= every) {
    context.textAlign = column === columns.length - 1 ? 'right' : 'center';
    const x = LABEL_WIDTH + (column === columns.length - 1 ? columns.length * cell : (column + 0.5) * cell);
    if (x - LABEL_ROOM / 2 >= LABEL_WIDTH - 20) context.fillText(columns[column], x, bottom);
  }
  if (pointed === null) return;
  context.strokeStyle = theme.ink;
  context.strokeRect(LABEL_WIDTH + pointed.column * cell, pointed.row * ROW_HEIGHT + 0.5, cell, ROW_HEIGHT - 1);
}

function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end--;
  return `${text.slice(0, end)}…`;
}
