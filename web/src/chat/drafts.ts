import { signal } from '@preact/signals';
import { client } from '../client.ts';

const PREFIX = 'rally:draft:';
/** So many chats keep a draft; with more, the oldest goes. */
const MAX_DRAFTS = 50;

const keyOf = (chatId: string): string => `${PREFIX}${client.userId()}:${chatId}`;
const ownKeys = (): string[] =>
  Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${client.userId()}:`));

interface Kept {
  words: string;
  /** When it was written, by this device's clock; the oldest go first. */
  atMs: number;
}

const read = (key: string): Kept | null => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
};

/** Counts changes, so that whoever shows a draft shows the newest. */
const changes = signal(0);

/** Gives the text that was written in a chat and not sent, on this device. */
export const draftOf = (chatId: string): string => {
  void changes.value;
  return read(keyOf(chatId))?.words ?? '';
};

/** Keeps what is written, over other chats, reloads and lost connections; '' forgets it. */
export const keepDraft = (chatId: string, words: string): void => {
  const key = keyOf(chatId);
  if (words === '') localStorage.removeItem(key);
  else write(key, { words, atMs: Date.now() });
  changes.value += 1;
};

const write = (key: string, kept: Kept): void => {
  const others = ownKeys().filter((each) => each !== key);
  const byAge = others.sort((a, b) => (read(a)?.atMs ?? 0) - (read(b)?.atMs ?? 0));
  for (const old of byAge.slice(0, Math.max(0, others.length - MAX_DRAFTS + 1))) localStorage.removeItem(old);
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // The browser's place is full: the draft lives as long as its page.
  }
};

/** Forgets all drafts, for the next person who signs in here. */
export const forgetDrafts = (): void => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  changes.value += 1;
};
