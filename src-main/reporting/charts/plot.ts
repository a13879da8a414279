/**
 * Charts as SVG: pure functions from figures to text. Colours are classes that the HTML's stylesheet sets for both
 * themes, with those of the light theme as attributes, for what knows no stylesheet. 96 units are an inch.
 */

export type Paint =
  'lstm' | 'cnn-lstm' | 'lightgbm' | 'logistic' | 'ensemble' | 'ink' | 'soft' | 'hairline' | 'event' | 'other';

/** Of the light theme; html-style.ts has both. */
export const LIGHT: Record<Paint, string> = {
  lstm: '#3b6fb6',
  'cnn-lstm': '#b0508c',
  lightgbm: '#7d7a45',
  logistic: '#6b7377',
  ensemble: '#1a2022',
  ink: '#1a2022',
  soft: '#4a5357',
  hairline: '#dadee0',
  event: '#a3123a',
  other: '#848d91',
};

/** Of a kind of model; scores from elsewhere share one. */
export const paintOf = (kind: string): Paint => (kind in LIGHT ? (kind as Paint) : 'other');

export interface Stroke {
  width: number;
  /** Lengths of dashes and gaps; empty for a solid line. */
  dash: readonly number[];
}

const SOLID: Stroke = { width: 1.6, dash: [] };
const STROKES: Partial<Record<Paint, Stroke>> = {
  lightgbm: { width: 1.6, dash: [6, 4] },
  logistic: { width: 1.6, dash: [2, 3] },
  ensemble: { width: 2.6, dash: [] },
  other: { width: 1.6, dash: [8, 2, 2, 2] },
};

export const strokeOf = (paint: Paint): Stroke => STROKES[paint] ?? SOLID;

export const TEXT_SIZE = 10.5;
const FONT = 'Noto Sans';

export interface Tick {
  at: number;
  text: string;
}

export interface Axis {
  from: number;
  to: number;
  ticks: Tick[];
  /** What it counts, with the unit. */
  label: string;
}

/** Where a plot lies in its drawing. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Plot {
  frame: Frame;
  x: Axis;
  y: Axis;
}

/** To a hundredth of a unit, without what only makes files longer. */
export const n = (value: number) => String(Number(value.toFixed(2)));

export const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const place = (value: number, { from, to }: Axis) => (to === from ? 0.5 : (value - from) / (to - from));
export const xOf = ({ frame, x }: Plot, value: number) => frame.left + frame.width * place(value, x);
export const yOf = ({ frame, y }: Plot, value: number) => frame.top + frame.height * (1 - place(value, y));

const dashes = (dash: readonly number[]) => (dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`);

export function line(points: readonly (readonly [number, number])[], paint: Paint, stroke: Stroke = strokeOf(paint)) {
  if (points.length === 0) return '';
  const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
  return `<path class="s-${paint}" d="${path}" fill="none" stroke="${LIGHT[paint]}" stroke-width="${stroke.width}" stroke-linejoin="round"${dashes(stroke.dash)}/>`;
}

export const rect = (x: number, y: number, width: number, height: number, paint: Paint, opacity = 1) =>
  `<rect class="f-${paint}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${LIGHT[paint]}"${opacity === 1 ? '' : ` fill-opacity="${opacity}"`}/>`;

export const dot = (x: number, y: number, radius: number, paint: Paint) =>
  `<circle class="f-${paint}" cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${LIGHT[paint]}"/>`;

export interface TextOptions {
  anchor?: 'start' | 'middle' | 'end';
  paint?: Paint;
  strong?: boolean;
  /** Reads upwards. */
  turned?: boolean;
}

export function text(x: number, y: number, words: string, options: TextOptions = {}): string {
  const { anchor = 'start', paint = 'ink', strong = false, turned = false } = options;
  const turn = turned ? ` transform="rotate(-90 ${n(x)} ${n(y)})"` : '';
  const weight = strong ? ' font-weight="bold"' : '';
  return `<text class="f-${paint}" x="${n(x)}" y="${n(y)}" text-anchor="${anchor}" fill="${LIGHT[paint]}"${weight}${turn}>${escapeText(words)}</text>`;
}

/** Grid, ticks and labels of a plot; marks go over it. */
export function axes(plot: Plot): string {
  const { frame, x, y } = plot;
  const bottom = frame.top + frame.height;
  const grid = y.ticks.map(({ at, text: words }) => {
    const level = yOf(plot, at);
    return (
      line(
        [
          [frame.left, level],
          [frame.left + frame.width, level],
        ],
        'hairline',
        { width: 0.75, dash: [] },
      ) + text(frame.left - 6, level + TEXT_SIZE * 0.35, words, { anchor: 'end', paint: 'soft' })
    );
  });
  const below = x.ticks.map(({ at, text: words }) => {
    const where = xOf(plot, at);
    const tick = line(
      [
        [where, bottom],
        [where, bottom + 4],
      ],
      'soft',
      { width: 0.75, dash: [] },
    );
    return tick + text(where, bottom + 16, words, { anchor: 'middle', paint: 'soft' });
  });
  const base = line(
    [
      [frame.left, bottom],
      [frame.left + frame.width, bottom],
    ],
    'soft',
    { width: 0.75, dash: [] },
  );
  return [
    ...grid,
    base,
    ...below,
    text(frame.left + frame.width / 2, bottom + 32, x.label, { anchor: 'middle', paint: 'soft' }),
    y.label === ''
      ? ''
      : text(frame.left - 40, frame.top + frame.height / 2, y.label, { anchor: 'middle', paint: 'soft', turned: true }),
  ].join('');
}

/** A whole drawing. `title` is read out with `description`. */
export function drawing(
  { width, height, title, description }: { width: number; height: number; title: string; description: string },
  marks: string,
): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" role="img" font-family="${FONT}" font-size="${TEXT_SIZE}">` +
    `<title>${escapeText(title)}</title><desc>${escapeText(description)}</desc>${marks}</svg>`
  );
}

const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** From 0 to 100%. */
export const shareAxis = (label: string, at: readonly number[] = SHARES): Axis => ({
  from: 0,
  to: 1,
  ticks: at.map((value) => ({ at: value, text: `${Math.round(100 * value)}%` })),
  label,
});

/** Round numbers around what is drawn, about `wanted` of them. */
export function numberAxis(least: number, most: number, label: string, wanted = 5): Axis {
  const span = most > least ? most - least : Math.abs(most) || 1;
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999)!;
  const from = Math.floor(least / step + 1e-9) * step;
  const to = Math.max(from + step, Math.ceil(most / step - 1e-9) * step);
  const digits = Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9) + (step / power === 2.5 ? 1 : 0)));
  const ticks: Tick[] = [];
  for (let i = 0; from + i * step <= to + step / 2; i++) {
    const at = from + i * step;
    ticks.push({ at, text: at.toFixed(digits).replace('-', '−') });
  }
  return { from, to, ticks, label };
}

export interface KeyEntry {
  paint: Paint;
  label: string;
  /** Beside the name, fainter. */
  figure?: string;
}

const KEY_LINE = 18;

/** Names beside a plot, each with its stroke, in the order of the list. */
export function key(entries: readonly KeyEntry[], left: number, top: number): string {
  return entries
    .map(({ paint, label, figure }, i) => {
      const y = top + i * KEY_LINE;
      const swatch = line(
        [
          [left, y],
          [left + 22, y],
        ],
        paint,
      );
      return (
        swatch +
        text(left + 28, y + TEXT_SIZE * 0.35, label, { strong: true }) +
        (figure === undefined ? '' : text(left + 96, y + TEXT_SIZE * 0.35, figure, { paint: 'soft' }))
      );
    })
    .join('');
}
