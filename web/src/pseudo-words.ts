import type { Words } from '../../src/words/translate.ts';

const ACCENTS: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  O: 'Ó',
  n: 'ñ',
  c: 'ç',
};

/** A third longer, with marks at both ends: shows words that were never translated and places that are too narrow. */
const stretch = (words: string): string =>
  `⟦${words.replace(/[aeiouAEOnc]/g, (letter) => ACCENTS[letter] ?? letter)}${'·'.repeat(Math.ceil(words.length / 3))}⟧`;

/** The words as a language that nobody speaks. */
export const bracketed = ({ locale, t, plural }: Words): Words => ({
  locale,
  t: (...said) => stretch(t(...said)),
  plural: (...said) => stretch(plural(...said)),
});
