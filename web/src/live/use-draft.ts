import { useState } from 'preact/hooks';

/** Keeps the text that is being typed over a reload of the tab. */
export const useDraft = (name: string): [string, (words: string) => void] => {
  const key = `rally:draft:${name}`;
  const [words, setWords] = useState(() => sessionStorage.getItem(key) ?? '');
  const change = (next: string): void => {
    setWords(next);
    if (next === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, next);
  };
  return [words, change];
};
