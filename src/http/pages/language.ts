import { publicPages } from '../../words/de/public.ts';
import { type Catalogue, chooseLanguage, type Language, type Words, wordsIn } from '../../words/translate.ts';
import type { AppContext } from '../app-env.ts';

/** The language and the locale of a reader; dates and amounts follow the locale. */
export interface Reading extends Words {
  language: Language;
}

const SPOKEN: Record<Language, [locale: string, catalogue: Catalogue]> = {
  en: ['en-GB', {}],
  de: ['de-DE', publicPages],
};

/** The language that the address names with `lang`, else the one the browser likes best of those there are. */
export const readingOf = (c: AppContext): Reading => {
  const named = c.req.query('lang');
  const wished = acceptedLanguages(c.req.header('accept-language') ?? '');
  return readingIn(chooseLanguage(named === undefined ? wished : [named, ...wished]));
};

export const readingIn = (language: Language): Reading => ({ language, ...wordsIn(...SPOKEN[language]) });

/** Languages that are looked at of a header, at most. */
const MOST_LANGUAGES = 20;

/** The languages of an Accept-Language header (RFC 9110, 12.5.4), the dearest first. */
export const acceptedLanguages = (header: string): string[] =>
  header
    .split(',', MOST_LANGUAGES)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.find((each) => each.trim().startsWith('q='));
      return { tag, weight: weight === undefined ? 1 : Number(weight.trim().slice('q='.length)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
