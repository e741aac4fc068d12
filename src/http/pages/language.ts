import { PUBLIC_GERMAN } from '../../words/de/public.ts';
import type { AppContext } from '../app-env.ts';

/** Languages in which the public pages speak, the usual one first. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Says an English sentence in the reader's language; `{name}` is replaced by the value of that name. */
export type Translate = (english: string, values?: Readonly<Record<string, string | number>>) => string;

/** How a reader is spoken to. */
export interface Reading {
  language: Language;
  /** BCP 47, for dates and amounts. */
  locale: string;
  t: Translate;
}

const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };
const CATALOGUES: Record<Language, Readonly<Record<string, string>>> = { en: {}, de: PUBLIC_GERMAN };

/** The language that the address names with `lang`, else the one the browser likes best of those there are. */
export const readingOf = (c: AppContext): Reading => {
  const named = LANGUAGES.find((each) => each === c.req.query('lang'));
  return reading(named ?? accepted(c.req.header('accept-language') ?? ''));
};

export const reading = (language: Language): Reading => ({
  language,
  locale: LOCALES[language],
  t: (english, values = {}) =>
    (CATALOGUES[language][english] ?? english).replaceAll(/\{(\w+)\}/g, (all, name: string) =>
      String(values[name] ?? all),
    ),
});

/** RFC 9110, 12.5.4, as far as two languages need it. */
const accepted = (header: string): Language => {
  const wanted = header.split(',', 20).map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters.find((each) => each.trim().startsWith('q='));
    return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight.trim().slice(2)) };
  });
  const best = wanted.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return LANGUAGES.find((each) => each === best.find(({ language }) => isSpoken(language))?.language) ?? 'en';
};

const isSpoken = (language: string | undefined): boolean => LANGUAGES.some((each) => each === language);
