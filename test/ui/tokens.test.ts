import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

const css = readFileSync(new URL('../../src-renderer/ui/tokens.css', import.meta.url), 'utf8');

/** Custom properties of every block with exactly this selector. */
function tokensOf(selector: string): Map<string, string> {
  const tokens = new Map<string, string>();
  for (const [, selectors, body] of css.replace(/\/\*[^]*?\*\//g, '').matchAll(/([^{};]+)\{([^{}]*)\}/g)) {
    if (selectors.trim().replace(/\s+/g, ' ') !== selector) continue;
    for (const [, name, value] of body.matchAll(/--([\w-]+):\s*([^;]+);/g)) tokens.set(name, value);
  }
  assert.ok(tokens.size > 0, `no block ${selector}`);
  return tokens;
}

const light = tokensOf(":root, [data-theme='light']");
const dark = tokensOf("[data-theme='dark']");
const darkBySystem = tokensOf(':root:not([data-theme])');
const greys = tokensOf("[data-levels='greys']");
const darkGreys = tokensOf("[data-theme='dark'][data-levels='greys']");
const darkGreysBySystem = tokensOf(":root:not([data-theme])[data-levels='greys']");

type Rgb = [number, number, number];

function rgb(hex: string): Rgb {
  const match = /^#(..)(..)(..)$/.exec(hex);
  assert.ok(match, `${hex} is no opaque colour`);
  return [parseInt(match[1], 16), parseInt(match[2], 16), parseInt(match[3], 16)];
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** A translucent colour as it stands on an opaque one. */
function over(translucent: string, ground: Rgb): Rgb {
  const match = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(translucent);
  assert.ok(match, `${translucent} is no translucent colour`);
  const alpha = Number(match[4]);
  return ground.map((value, index) => value * (1 - alpha) + Number(match[index + 1]) * alpha) as Rgb;
}

const GROUNDS = ['paper', 'surface', 'sunken'];
const LEVELS = ['critical', 'high', 'medium', 'low'];
const MODELS = ['lstm', 'cnn-lstm', 'lightgbm', 'logistic', 'ensemble'];
const LEAST_TEXT = 4.5;
const LEAST_MARK = 3;

test('black on white has the contrast 21', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]).toFixed(2), '21.00');
  // WCAG's own example of a grey that just passes on white.
  assert.equal(contrast(rgb('#767676'), [255, 255, 255]).toFixed(2), '4.54');
});

test('grey levels have no hue to speak of', () => {
  for (const tokens of [greys, darkGreys]) {
    for (const level of LEVELS) {
      const channels = rgb(tokens.get(`level-${level}`) ?? assert.fail(`no --level-${level}`));
      assert.ok(Math.max(...channels) - Math.min(...channels) <= 24, level);
    }
  }
});

test('the dark theme is the same by system setting and by choice, and holds what the light one holds', () => {
  assert.deepEqual([...darkBySystem], [...dark]);
  assert.deepEqual([...dark.keys()], [...light.keys()]);
  assert.deepEqual([...darkGreysBySystem], [...darkGreys]);
  assert.deepEqual([...darkGreys.keys()], [...greys.keys()]);
});

for (const [theme, tokens] of [
  ['light', light],
  ['dark', dark],
  ['light, grey levels', new Map([...light, ...greys])],
  ['dark, grey levels', new Map([...dark, ...darkGreys])],
] as const) {
  const colour = (name: string) => rgb(tokens.get(name) ?? assert.fail(`no --${name}`));

  function assertContrast(front: string, ground: string, least: number) {
    const ratio = contrast(colour(front), colour(ground));
    assert.ok(ratio >= least, `--${front} on --${ground} in ${theme}: ${ratio.toFixed(2)}, least ${least}`);
  }

  describe(`the ${theme} theme`, () => {
    test('text stands out from every ground', () => {
      for (const ground of GROUNDS) {
        for (const text of [
          'ink',
          'ink-soft',
          'ink-faint',
          'accent',
          'accent-strong',
          'danger',
          'warning',
          'success',
        ]) {
          assertContrast(text, ground, LEAST_TEXT);
        }
      }
      for (const ground of ['accent', 'accent-strong']) assertContrast('on-accent', ground, LEAST_TEXT);
      for (const text of ['ink', 'ink-soft', 'accent-strong']) assertContrast(text, 'accent-soft', LEAST_TEXT);
      for (const kind of ['danger', 'warning', 'success']) {
        for (const text of ['ink', 'ink-soft', kind]) assertContrast(text, `${kind}-soft`, LEAST_TEXT);
      }
    });

    test('marks and the lines of controls stand out from every ground', () => {
      const marks = [...LEVELS.map((level) => `level-${level}`), ...MODELS.map((model) => `model-${model}`)];
      for (const ground of ['paper', 'surface', 'accent-soft']) {
        for (const mark of marks) assertContrast(mark, ground, LEAST_MARK);
      }
      for (const ground of ['paper', 'surface']) assertContrast('control-line', ground, LEAST_MARK);
    });

    test('levels part without hue: luminance goes one way, each level at least a fifth from the last', () => {
      const steps = LEVELS.map((level) => luminance(colour(`level-${level}`)) + 0.05);
      // On the dark ground the greys fall from Critical to Low; everywhere else levels rise.
      if (theme === 'dark, grey levels') steps.reverse();
      for (let i = 1; i < steps.length; i++) {
        assert.ok(steps[i] / steps[i - 1] >= 1.2, `step ${i}: ${(steps[i] / steps[i - 1]).toFixed(2)}`);
      }
    });

    if (theme.endsWith('grey levels')) {
      test('Critical stands out most, Low least, as a mark and as a band', () => {
        const surface = colour('surface');
        const band = (level: string) => over(tokens.get(`band-${level}`) ?? assert.fail(`no --band-${level}`), surface);
        for (let i = 1; i < LEVELS.length; i++) {
          const [above, level] = [LEVELS[i - 1], LEVELS[i]];
          for (const ground of GROUNDS.map(colour)) {
            assert.ok(contrast(colour(`level-${above}`), ground) > contrast(colour(`level-${level}`), ground), level);
          }
          assert.ok(contrast(band(above), surface) > contrast(band(level), surface), `band of ${level}`);
        }
      });
    }

    test('models and text stand out from the level bands behind a chart', () => {
      for (const level of LEVELS) {
        const band = over(tokens.get(`band-${level}`) ?? assert.fail(`no --band-${level}`), colour('surface'));
        for (const model of MODELS) {
          const ratio = contrast(colour(`model-${model}`), band);
          assert.ok(ratio >= LEAST_MARK, `${model} on ${level}: ${ratio.toFixed(2)}`);
        }
        assert.ok(contrast(colour('ink-soft'), band) >= LEAST_TEXT, `text on ${level}`);
      }
    });
  });
}
