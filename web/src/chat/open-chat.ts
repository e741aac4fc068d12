import { signal } from '@preact/signals';

/** The chat that is open; null shows the list alone. */
export const openChatId = signal<string | null>(null);
