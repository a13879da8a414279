import type { Chart, Plugin } from 'chart.js';
import { pointAt, type Curve, type Join } from './curves.ts';
import { markPlugin } from './mark-plugin.ts';
import type { ChartTheme } from './theme.ts';
import { writeOnGround } from './write-on-ground.ts';

/** What no skill at all would draw: the diagonal, or a height. */
export type Reference = { kind: 'diagonal' } | { kind: 'height'; y: number; label: string };

/** A point of one curve to be seen, such as the cheapest. */
export interface PointMark {
  id: string;
  x: number;
  y: number;
}

/** What a curve chart draws besides its lines. */
export interface CurveMarks {
  theme: ChartTheme;
  curves: readonly Curve[];
  join: Join;
  reference: Reference | null;
  points: readonly PointMark[];
  /** A chosen x, with what is to be read beside it. */
  cursor: { x: number; label: string } | null;
  crosshair: number | null;
}

const CAP_PX = 3;
const DOT_PX = 4;

/** Draws the marks that `read` gives at each drawing. */
export const curveMarks = (read: () => CurveMarks | null): Plugin =>
  markPlugin('curve-marks', read, {
    behind: [drawReference, drawWhiskers],
    over: [drawCursor, drawPoints, drawCrosshair],
  });

function drawReference({ ctx, chartArea: area, scales }: Chart, { reference, theme }: CurveMarks) {
  if (reference === null) return;
  const [from, to] = reference.kind === 'diagonal' ? [0, 1] : [reference.y, reference.y];
  const [top, bottom] = [scales.y.getPixelForValue(to), scales.y.getPixelForValue(from)];
  ctx.save();
  ctx.strokeStyle = theme.inkFaint;
  ctx.setLineDash([5, 4]);
  ctx.beginPath();
  ctx.moveTo(area.left, bottom);
  ctx.lineTo(area.right, top);
  ctx.stroke();
  if (reference.kind === 'height') {
    writeOnGround(ctx, theme, reference.label, area.right - 4, bottom - theme.textPx / 2 - 3, 'right');
  }
  ctx.restore();
}

function drawWhiskers({ ctx, scales }: Chart, { curves, theme }: CurveMarks) {
  ctx.save();
  ctx.lineWidth = 1;
  for (const { look, x, low, high } of curves) {
    if (!low || !high) continue;
    ctx.strokeStyle = theme.looks[look];
    ctx.beginPath();
    for (let i = 0; i < x.length; i++) {
      const at = Math.round(scales.x.getPixelForValue(x[i])) + 0.5;
      const [top, bottom] = [scales.y.getPixelForValue(high[i]), scales.y.getPixelForValue(low[i])];
      ctx.moveTo(at, top);
      ctx.lineTo(at, bottom);
      for (const end of [top, bottom]) {
        ctx.moveTo(at - CAP_PX, end);
        ctx.lineTo(at + CAP_PX, end);
      }
    }
    ctx.stroke();
  }
  ctx.restore();
}

function drawCursor({ ctx, chartArea: area, scales }: Chart, { cursor, theme }: CurveMarks) {
  if (cursor === null) return;
  const x = scales.x.getPixelForValue(cursor.x);
  ctx.save();
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([5, 4]);
  ctx.beginPath();
  ctx.moveTo(x, area.top);
  ctx.lineTo(x, area.bottom);
  ctx.stroke();
  const isLeft = x < (area.left + area.right) / 2;
  const y = area.top + theme.textPx / 2 + 3;
  writeOnGround(ctx, theme, cursor.label, x + (isLeft ? 5 : -5), y, isLeft ? 'left' : 'right', theme.ink);
  ctx.restore();
}

function drawPoints({ ctx, scales }: Chart, { points, curves, theme }: CurveMarks) {
  ctx.save();
  for (const { id, x, y } of points) {
    const curve = curves.find((one) => one.id === id);
    if (curve === undefined) continue;
    const [left, top] = [scales.x.getPixelForValue(x), scales.y.getPixelForValue(y)];
    ctx.beginPath();
    ctx.moveTo(left, top - DOT_PX - 2);
    ctx.lineTo(left + DOT_PX + 2, top);
    ctx.lineTo(left, top + DOT_PX + 2);
    ctx.lineTo(left - DOT_PX - 2, top);
    ctx.closePath();
    ctx.fillStyle = theme.looks[curve.look];
    ctx.strokeStyle = theme.surface;
    ctx.lineWidth = 1.5;
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

function drawCrosshair({ ctx, chartArea: area, scales }: Chart, { crosshair, curves, join, theme }: CurveMarks) {
  if (crosshair === null) return;
  const x = scales.x.getPixelForValue(crosshair);
  if (x < area.left - 1 || x > area.right + 1) return;
  ctx.save();
  ctx.strokeStyle = theme.inkFaint;
  ctx.beginPath();
  ctx.moveTo(x, area.top);
  ctx.lineTo(x, area.bottom);
  ctx.stroke();
  for (const curve of curves) {
    const point = pointAt(curve, crosshair, join);
    if (point === null) continue;
    ctx.fillStyle = theme.looks[curve.look];
    ctx.strokeStyle = theme.surface;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.arc(scales.x.getPixelForValue(point.x), scales.y.getPixelForValue(point.y), DOT_PX, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}
