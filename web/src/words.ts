import { type Words, wordsIn } from '../../src/words/translate.ts';

let words: Words = wordsIn('en', {});

/** Says everything in these words from now on. */
export const speak = (next: Words): void => {
  words = next;
};

/** The sentence in the reader's language. */
export const t: Words['t'] = (english, values) => words.t(english, values);

/** The sentence for a count, which fills the place `{count}`. */
export const plural: Words['plural'] = (count, one, other, values) => words.plural(count, one, other, values);

/** BCP 47: by which numbers, money and times are written. */
export const locale = (): string => words.locale;
