import { signal } from '@preact/signals';

const chatIdOf = (hash: string): string | null => /^#\/chats\/([0-9a-f-]{36})$/.exec(hash)?.[1] ?? null;

/** The chat that is open, by the address bar; null shows the list. */
export const openChatId = signal<string | null>(chatIdOf(location.hash));
addEventListener('hashchange', () => {
  openChatId.value = chatIdOf(location.hash);
});

export const chatAddress = (chatId: string): string => `#/chats/${chatId}`;
export const listAddress = '#/';

export const goTo = (address: string): void => {
  location.hash = address;
};
