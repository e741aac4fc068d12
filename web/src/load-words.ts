import { type Catalogue, chooseLanguage, type Language, wordsIn } from '../../src/words/translate.ts';
import { bracketed } from './pseudo-words.ts';
import { speak } from './words.ts';

const KEY = 'rally:language';

/** Languages that only prove the pages: longer words with marks, and the same from right to left. */
const PROOFS = ['en-XA', 'ar-XB'];

const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEY);

/** The language of this page: asked for, chosen earlier, or the browser's. */
export const language: Language = chooseLanguage(asked ? [asked] : navigator.languages);

/** The reader's own region where the language is theirs. */
const locale = navigator.languages.find((each) => each.startsWith(language)) ?? language;

const CATALOGUES: Record<Language, () => Promise<Catalogue>> = {
  en: async () => ({}),
  de: async () => (await import('../../src/words/de/app.ts')).german,
};

/** Loads the words before anything is shown; whoever cannot get them reads English. */
export const loadWords = async (): Promise<void> => {
  if (asked && PROOFS.includes(asked)) {
    document.documentElement.dir = asked.startsWith('ar') ? 'rtl' : 'ltr';
    speak(bracketed(wordsIn(locale, {})));
    return;
  }
  document.documentElement.lang = language;
  speak(wordsIn(locale, await CATALOGUES[language]().catch(() => ({}))));
};

/** Shows the pages in this language from now on, on this device. */
export const chooseLanguageHere = (next: Language): void => {
  localStorage.setItem(KEY, next);
  location.reload();
};
