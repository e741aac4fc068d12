import { useState } from 'preact/hooks';

/** What is being typed; a reload of the tab does not lose it. */
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
