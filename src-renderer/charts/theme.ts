import type { ModelKind, RiskLevel } from '../../src-main/ipc/documents.ts';
import type { Look, Series } from './series.ts';

/** The tokens of ui/tokens.css as a canvas needs them. */
export interface ChartTheme {
  font: string;
  textPx: number;
  ink: string;
  inkSoft: string;
  inkFaint: string;
  surface: string;
  hairline: string;
  looks: Record<Look, string>;
  levels: Record<RiskLevel, { mark: string; band: string }>;
}

/** Reads the tokens where the element stands, so that a part of a page may have a theme of its own. */
export function readTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const level = (name: string) => ({ mark: token(`level-${name}`), band: token(`band-${name}`) });
  return {
    font: token('font'),
    textPx: parseFloat(token('text-small')),
    ink: token('ink'),
    inkSoft: token('ink-soft'),
    inkFaint: token('ink-faint'),
    surface: token('surface'),
    hairline: token('hairline'),
    looks: {
      lstm: token('model-lstm'),
      'cnn-lstm': token('model-cnn-lstm'),
      lightgbm: token('model-lightgbm'),
      logistic: token('model-logistic'),
      ensemble: token('model-ensemble'),
      external: token('model-external'),
      accent: token('accent'),
      ink: token('ink'),
      muted: token('ink-faint'),
    },
    levels: { Critical: level('critical'), High: level('high'), Medium: level('medium'), Low: level('low') },
  };
}

/** Calls back whenever the colours may have changed; answers with how to stop. */
export function watchTheme(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-levels'] });
  return () => {
    system.removeEventListener('change', changed);
    chosen.disconnect();
  };
}

const PARTS: Partial<Record<Look, string>> = { accent: '--accent', ink: '--ink', muted: '--ink-faint' };

/** The custom property of a look's colour, for what is drawn by CSS. */
export const tokenOf = (look: Look) => PARTS[look] ?? `--model-${look}`;

const DASHED = [6, 4];
const DOTTED = [2, 3];
const DASH_DOTTED = [8, 3, 2, 3];
const DASHES: Partial<Record<Look, number[]>> = {
  lightgbm: DASHED,
  logistic: DOTTED,
  external: DASH_DOTTED,
} satisfies Partial<Record<ModelKind, number[]>>;

/** Lengths of a line's dashes and gaps in pixels; empty for a solid one. */
export function dashOf({ look, stroke }: Pick<Series, 'look' | 'stroke'>): number[] {
  if (stroke === undefined) return DASHES[look] ?? [];
  return { solid: [], dashed: DASHED, dotted: DOTTED }[stroke];
}

/** In pixels. */
export const widthOf = ({ look }: Pick<Series, 'look'>) => (look === 'ensemble' ? 3 : 1.75);
