import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Fonts by the characters they are for; the first that fits is taken. The ranges are those of the packages. */
export const FACES = {
  latin:
    /[\u0020-\u007E\u00A0-\u00FF\u0131\u0152-\u0153\u02BB-\u02BC\u02C6\u02DA\u02DC\u2000-\u206F\u20AC\u2122\u2191\u2193\u2212\u2215]/,
  latinMore:
    /[\u0100-\u02BA\u02BD-\u02C5\u02C7-\u02CC\u02CE-\u02D7\u02DD-\u02FF\u1D00-\u1DBF\u1E00-\u1E9F\u1EF2-\u1EFF\u20A0-\u20AB\u20AD-\u20C0]/,
  vietnamese: /[\u1EA0-\u1EF9]/,
  greek: /[\u0370-\u0377\u037A-\u037F\u0384-\u038A\u038C\u038E-\u03A1\u03A3-\u03FF]/,
  greekMore: /[\u1F00-\u1FFF]/,
  cyrillic: /[\u0400-\u045F\u0490-\u0491\u04B0-\u04B1\u2116]/,
  cyrillicMore: /[\u0460-\u052F\u1C80-\u1C8A\u20B4\u2DE0-\u2DFF\uA640-\uA69F]/,
  devanagari: /[\u0900-\u097F\u1CD0-\u1CF9\uA8E0-\uA8FF]/,
  arabic: /[\u0600-\u06FF\u0750-\u077F\u0870-\u088E\u08A0-\u08FF\uFB50-\uFDFF\uFE70-\uFEFC]/,
  bengali: /[\u0951-\u0952\u0964-\u0965\u0980-\u09FE]/,
  chinese: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF9F]/u,
} as const;
export type Face = keyof typeof FACES | 'strong';

const fontsource = (family: string, subset: string, weight = 400): string =>
  `@fontsource/${family}/files/${family}-${subset}-${weight}-normal.woff`;

/** Packages' files; the Chinese one is beside its package's program. */
const FILES: Record<Exclude<Face, 'chinese'>, string> = {
  strong: fontsource('noto-sans', 'latin', 600),
  latin: fontsource('noto-sans', 'latin'),
  latinMore: fontsource('noto-sans', 'latin-ext'),
  vietnamese: fontsource('noto-sans', 'vietnamese'),
  greek: fontsource('noto-sans', 'greek'),
  greekMore: fontsource('noto-sans', 'greek-ext'),
  cyrillic: fontsource('noto-sans', 'cyrillic'),
  cyrillicMore: fontsource('noto-sans', 'cyrillic-ext'),
  devanagari: fontsource('noto-sans', 'devanagari'),
  arabic: fontsource('noto-sans-arabic', 'arabic'),
  bengali: fontsource('noto-sans-bengali', 'bengali'),
};

const { resolve } = createRequire(import.meta.url);

/** Where the font lies; null for the optional one where it is not installed. */
export const fileOf = (face: Face): string | null => {
  if (face !== 'chinese') return resolve(FILES[face]);
  try {
    return join(dirname(resolve('@embedpdf/fonts-sc')), '../fonts/NotoSansHans-Regular.otf');
  } catch {
    return null;
  }
};

/** The fonts in which something can be written here. */
// Safe: the names are those of the table.
const HERE = (Object.keys(FACES) as (keyof typeof FACES)[]).filter((face) => fileOf(face) !== null);

/** The font for a character, by its first code point; null where no font has it. */
export const faceOf = (character: string): Face | null => {
  const [base = ''] = character;
  return HERE.find((face) => FACES[face].test(base)) ?? null;
};
