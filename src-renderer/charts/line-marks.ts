import type { Chart, Plugin } from 'chart.js';
import type { RiskLevel } from '../../src-main/ipc/documents.ts';
import { markPlugin } from './mark-plugin.ts';
import type { LevelBand, Series } from './series.ts';
import { dashOf, widthOf, type ChartTheme } from './theme.ts';
import { writeOnGround } from './write-on-ground.ts';

export interface Threshold {
  value: number;
  label: string;
}

export interface EventMark {
  x: number;
  label: string;
}

/** What a line chart draws besides its lines. */
export interface LineMarks {
  theme: ChartTheme;
  bands: readonly LevelBand[];
  threshold: Threshold | null;
  event: EventMark | null;
  /** Where alerts were raised. */
  alerts: readonly number[];
  /** Those with an interval have it drawn as a band. */
  series: readonly Series[];
  /** Whether lines carry their names at their ends. */
  labelled: boolean;
  crosshair: number | null;
}

const GLYPHS: Record<RiskLevel, string> = { Critical: '▲', High: '◆', Medium: '◐', Low: '●' };
const LABEL_GAP = 4;
const SWATCH = 14;
const INTERVAL_OPACITY = 0.16;

const fontOf = (theme: ChartTheme) => `${theme.textPx}px ${theme.font}`;

/** Room that the names at the lines' ends need, in pixels. */
export function labelRoom(context: CanvasRenderingContext2D, marks: Pick<LineMarks, 'series' | 'theme'>): number {
  context.save();
  context.font = fontOf(marks.theme);
  const widest = marks.series.reduce((most, { label }) => Math.max(most, context.measureText(label).width), 0);
  context.restore();
  return Math.ceil(widest) + SWATCH + 3 * LABEL_GAP;
}

/** Draws the marks that `read` gives at each drawing. */
export const lineMarks = (read: () => LineMarks | null): Plugin =>
  markPlugin('line-marks', read, {
    behind: [drawBands, drawIntervals],
    over: [drawThreshold, drawEvent, drawAlerts, drawLabels, drawCrosshair],
  });

function drawBands({ ctx, chartArea: area, scales }: Chart, { bands, theme }: LineMarks) {
  ctx.save();
  ctx.font = `${theme.textPx - 1}px ${theme.font}`;
  ctx.textBaseline = 'middle';
  for (const { level, from, to } of bands) {
    const top = Math.max(area.top, scales.y.getPixelForValue(to));
    const bottom = Math.min(area.bottom, scales.y.getPixelForValue(from));
    if (bottom <= top) continue;
    ctx.fillStyle = theme.levels[level].band;
    ctx.fillRect(area.left, top, area.width, bottom - top);
    ctx.fillStyle = theme.levels[level].mark;
    if (bottom - top >= 2 * theme.textPx) ctx.fillText(GLYPHS[level], area.left + LABEL_GAP, (top + bottom) / 2);
  }
  ctx.restore();
}

function drawIntervals({ ctx, chartArea: area, scales }: Chart, { series, theme }: LineMarks) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(area.left, area.top, area.width, area.height);
  ctx.clip();
  ctx.globalAlpha = INTERVAL_OPACITY;
  for (const { look, x, low, high } of series) {
    if (!low || !high) continue;
    ctx.fillStyle = theme.looks[look];
    ctx.beginPath();
    for (let i = 0; i < x.length; i++) {
      const bound = high[i];
      if (bound !== null) ctx.lineTo(scales.x.getPixelForValue(x[i]), scales.y.getPixelForValue(bound));
    }
    for (let i = x.length - 1; i >= 0; i--) {
      const bound = low[i];
      if (bound !== null) ctx.lineTo(scales.x.getPixelForValue(x[i]), scales.y.getPixelForValue(bound));
    }
    ctx.fill();
  }
  ctx.restore();
}

function drawThreshold({ ctx, chartArea: area, scales }: Chart, { threshold, theme }: LineMarks) {
  if (threshold === null) return;
  const y = scales.y.getPixelForValue(threshold.value);
  if (y < area.top || y > area.bottom) return;
  ctx.save();
  ctx.strokeStyle = theme.inkSoft;
  ctx.setLineDash([5, 4]);
  ctx.beginPath();
  ctx.moveTo(area.left, y);
  ctx.lineTo(area.right, y);
  ctx.stroke();
  writeOnGround(ctx, theme, threshold.label, area.left + 20, y - theme.textPx / 2 - 2, 'left');
  ctx.restore();
}

function drawEvent({ ctx, chartArea: area, scales }: Chart, { event, theme }: LineMarks) {
  if (event === null) return;
  const x = scales.x.getPixelForValue(event.x);
  if (x < area.left - 1 || x > area.right + 1) return;
  ctx.save();
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.moveTo(x, area.top);
  ctx.lineTo(x, area.bottom);
  ctx.stroke();
  const isLeft = x < (area.left + area.right) / 2;
  const y = area.top + theme.textPx / 2 + 3;
  writeOnGround(ctx, theme, event.label, x + (isLeft ? 1 : -1) * LABEL_GAP, y, isLeft ? 'left' : 'right', theme.ink);
  ctx.restore();
}

function drawAlerts({ ctx, chartArea: area, scales }: Chart, { alerts, theme }: LineMarks) {
  ctx.save();
  ctx.fillStyle = theme.levels.Critical.mark;
  ctx.strokeStyle = theme.surface;
  for (const alert of alerts) {
    const x = scales.x.getPixelForValue(alert);
    if (x < area.left || x > area.right) continue;
    ctx.beginPath();
    ctx.moveTo(x, area.bottom - 10);
    ctx.lineTo(x + 5.5, area.bottom);
    ctx.lineTo(x - 5.5, area.bottom);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

/** Names at the lines' ends, pushed apart where they would lie on each other. */
function drawLabels({ ctx, chartArea: area, scales }: Chart, { labelled, series, theme }: LineMarks) {
  if (!labelled) return;
  const spacing = theme.textPx + 4;
  const labels = series.flatMap((one) => {
    if (one.label === '') return [];
    for (let i = one.x.length - 1; i >= 0; i--) {
      const value = one.y[i];
      if (value !== null && !Number.isNaN(value)) return [{ one, y: scales.y.getPixelForValue(value) }];
    }
    return [];
  });
  labels.sort((a, b) => a.y - b.y);
  let floor = area.top + spacing / 2;
  for (const label of labels) {
    label.y = Math.max(label.y, floor);
    floor = label.y + spacing;
  }
  let ceiling = area.bottom - spacing / 2;
  for (const label of labels.reverse()) {
    label.y = Math.min(label.y, ceiling);
    ceiling = label.y - spacing;
  }
  ctx.save();
  ctx.font = fontOf(theme);
  ctx.textBaseline = 'middle';
  for (const { one, y } of labels) {
    const x = area.right + 2 * LABEL_GAP;
    ctx.strokeStyle = theme.looks[one.look];
    ctx.lineWidth = widthOf(one);
    ctx.setLineDash(dashOf(one));
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + SWATCH, y);
    ctx.stroke();
    ctx.fillStyle = theme.inkSoft;
    ctx.fillText(one.label, x + SWATCH + LABEL_GAP, y);
  }
  ctx.restore();
}

function drawCrosshair({ ctx, chartArea: area, scales }: Chart, { crosshair, series, theme }: LineMarks) {
  if (crosshair === null) return;
  const x = scales.x.getPixelForValue(crosshair);
  if (x < area.left || x > area.right) return;
  ctx.save();
  ctx.strokeStyle = theme.inkFaint;
  ctx.beginPath();
  ctx.moveTo(x, area.top);
  ctx.lineTo(x, area.bottom);
  ctx.stroke();
  for (const { look, x: xs, y: ys } of series) {
    for (let i = 0; i < xs.length; i++) {
      const value = ys[i];
      if (xs[i] !== crosshair || value === null || Number.isNaN(value)) continue;
      ctx.fillStyle = theme.looks[look];
      ctx.strokeStyle = theme.surface;
      ctx.lineWidth = 1.5;
      ctx.beginPath();
      ctx.arc(x, scales.y.getPixelForValue(value), 4, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    }
  }
  ctx.restore();
}
