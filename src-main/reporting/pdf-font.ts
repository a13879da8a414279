import * as fontkit from 'fontkit';
import { fileURLToPath } from 'node:url';

/** Noto Sans: Latin, Greek, Cyrillic, Devanagari and the signs of currencies; resources/fonts holds its licence. */
export const FONT = 'Noto Sans';

const fileOf = (name: string) => fileURLToPath(new URL(`../../resources/fonts/${name}`, import.meta.url));
export const FONT_FILES = { normal: fileOf('NotoSans-Regular.ttf'), bold: fileOf('NotoSans-SemiBold.ttf') };

/** Stands for a character that the font has not. */
export const STAND_IN = '\ufffd';

let known: Set<number> | null = null;

function characters(): Set<number> {
  if (known === null) {
    const font = fontkit.openSync(FONT_FILES.normal);
    if (!('characterSet' in font)) throw new Error(`${FONT_FILES.normal} holds no single font`);
    known = new Set(font.characterSet);
  }
  return known;
}

/** A printer of texts: what the font has not becomes the sign of a missing one, and is counted. */
export function createPrintable(): { text: (words: string) => string; missing: () => number } {
  const found = characters();
  let missing = 0;
  return {
    text: (words) =>
      Array.from(words, (character) => {
        const code = character.codePointAt(0)!;
        if (found.has(code) || code === 10) return character;
        // Marks that only join or direct others show nothing by themselves.
        if (/\p{Cf}/u.test(character)) return '';
        missing++;
        return STAND_IN;
      }).join(''),
    missing: () => missing,
  };
}
