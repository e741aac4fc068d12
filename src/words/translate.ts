/** Values for the places in a sentence, by the name in the braces. */
export type Values = Readonly<Record<string, string | number>>;

/** The forms of a sentence that counts, by the plural categories of Unicode CLDR that the language has. */
export type Forms = { readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** Sentences of one language by the English ones; a sentence that counts has its forms under the English plural. */
export type Catalogue = Readonly<Record<string, string | Forms>>;

/** The words of one language. */
export interface Words {
  /** BCP 47, such as `de`; what numbers and times are formatted by. */
  readonly locale: string;
  /** The sentence in this language, its places filled; English where it has no translation. */
  readonly t: (english: string, values?: Values) => string;
  /** The sentence for this count, which fills the place `{count}`. */
  readonly plural: (count: number, one: string, other: string, values?: Values) => string;
}

/** @param locale BCP 47; @param catalogue empty for English */
export const wordsIn = (locale: string, catalogue: Catalogue): Words => {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const t: Words['t'] = (english, values = {}) => {
    const found = catalogue[english];
    return fill(typeof found === 'string' ? found : english, values);
  };
  const plural: Words['plural'] = (count, one, other, values = {}) => {
    const found = catalogue[other];
    const forms: Forms = typeof found === 'object' ? found : { one, other };
    return fill(forms[rules.select(count)] ?? forms.other, { ...values, count: numbers.format(count) });
  };
  return { locale, t, plural };
};

/** Puts the values into their places; a place without a value stays as it is written. */
const fill = (sentence: string, values: Values): string =>
  sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/** The languages there are, each by its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** The first of the wished languages (BCP 47, the dearest first) that there is; English where there is none. */
export const chooseLanguage = (wished: readonly string[]): Language => {
  for (const each of wished) {
    const [language = ''] = each.toLowerCase().split('-');
    // Safe: only a language of the list is one of its keys.
    if (Object.hasOwn(LANGUAGES, language)) return language as Language;
  }
  return 'en';
};
