import type { ChartTheme } from './theme.ts';

/** Writes beside a mark, with a rim of the ground so that lines behind don't cross the letters. `y` is the middle. */
export function writeOnGround(
  ctx: CanvasRenderingContext2D,
  theme: ChartTheme,
  text: string,
  x: number,
  y: number,
  align: 'left' | 'right',
  colour = theme.inkSoft,
) {
  ctx.font = `${theme.textPx}px ${theme.font}`;
  ctx.textAlign = align;
  ctx.textBaseline = 'middle';
  ctx.setLineDash([]);
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = theme.surface;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}
