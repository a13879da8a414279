import type { Series } from './series.ts';
import { dashOf, widthOf, type ChartTheme } from './theme.ts';

export type LegendEntry = Pick<Series, 'label' | 'look' | 'stroke'>;

const MARGIN = 12;
const TITLE_PX = 15;
const LEGEND_PX = 18;
const SWATCH_PX = 20;

/** The chart under its title and legend on the theme's own ground, at the screen's resolution. */
export function pngOf(
  canvas: HTMLCanvasElement,
  title: string,
  theme: ChartTheme,
  legend: readonly LegendEntry[] = [],
): Promise<Blob> {
  const scale = canvas.width / canvas.clientWidth;
  const head = TITLE_PX + 2 * MARGIN + (legend.length > 0 ? LEGEND_PX : 0);
  const image = document.createElement('canvas');
  image.width = canvas.width + Math.round(2 * MARGIN * scale);
  image.height = canvas.height + Math.round((head + MARGIN) * scale);
  const context = image.getContext('2d');
  if (context === null) return Promise.reject(new Error('no canvas to draw on'));
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, image.width, image.height);
  context.fillStyle = theme.ink;
  context.font = `600 ${TITLE_PX * scale}px ${theme.font}`;
  context.textBaseline = 'middle';
  context.fillText(title, MARGIN * scale, (MARGIN + TITLE_PX / 2) * scale);
  context.save();
  context.scale(scale, scale);
  drawLegend(context, legend, theme, TITLE_PX + 2 * MARGIN);
  context.restore();
  context.drawImage(canvas, MARGIN * scale, head * scale);
  return new Promise((resolve, reject) => {
    image.toBlob((blob) => (blob === null ? reject(new Error('the image could not be made')) : resolve(blob)));
  });
}

function drawLegend(
  context: CanvasRenderingContext2D,
  legend: readonly LegendEntry[],
  theme: ChartTheme,
  y: number,
): void {
  context.font = `${theme.textPx}px ${theme.font}`;
  let x = MARGIN;
  for (const entry of legend) {
    context.strokeStyle = theme.looks[entry.look];
    context.lineWidth = widthOf(entry);
    context.setLineDash(dashOf(entry));
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + SWATCH_PX, y);
    context.stroke();
    context.fillStyle = theme.inkSoft;
    context.fillText(entry.label, x + SWATCH_PX + 4, y);
    x += SWATCH_PX + 4 + context.measureText(entry.label).width + MARGIN;
  }
}
