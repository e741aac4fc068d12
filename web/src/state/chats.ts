import { computed, signal } from '@preact/signals';
import type { Entry, Stop } from '../../../src/sdk/index.ts';
import { client } from '../client.ts';
import { applyToSummary, byActivity, type Summary } from './summary.ts';
import { stopTyping } from './typing.ts';

const byId = signal<ReadonlyMap<string, Summary>>(new Map());

/** The chats of who is signed in, newest activity first. */
export const chats = computed(() => [...byId.value.values()].sort(byActivity));
export const unreadTotal = computed(() => chats.value.reduce((sum, { unread }) => sum + unread, 0));
/** Whether the list has been loaded at all. */
export const chatsLoaded = signal(false);
/** Names the page after the last one shown; null when all are here. */
export const moreChats = signal<string | null>(null);

const watching = new Map<string, Stop>();
let stopHome: Stop | undefined;

const put = (summary: Summary): void => {
  byId.value = new Map(byId.value).set(summary.id, summary);
};

const drop = (chatId: string): void => {
  watching.get(chatId)?.();
  watching.delete(chatId);
  const rest = new Map(byId.value);
  rest.delete(chatId);
  byId.value = rest;
};

/** Shows a chat from its snapshot and follows its log from the snapshot's place. */
const follow = (summary: Summary): void => {
  watching.get(summary.id)?.();
  put(summary);
  const watcher = {
    onEntries: (entries: Entry[]) => {
      const current = byId.value.get(summary.id);
      const userId = client.userId() ?? '';
      for (const { signal, by = '' } of entries) if (signal === 'chat.sent') stopTyping(`chat:${summary.id}`, by);
      if (current) put(entries.reduce((state, entry) => applyToSummary(state, entry, userId), current));
    },
    onGap: () => void loadChats(),
    onClosed: () => drop(summary.id),
  };
  watching.set(summary.id, client.watch(`chat:${summary.id}`, watcher, summary.position ?? undefined).stop);
};

/** Loads the newest chats; with `cursor`, those after. */
export const loadChats = async (cursor?: string): Promise<void> => {
  const page = await client.call('chat.list', cursor ? { cursor } : {}).catch(() => null);
  if (!page) return;
  for (const summary of page.items) follow(summary);
  moreChats.value = page.nextCursor;
  chatsLoaded.value = true;
};

/** Begins to show the list, and hears of chats that are opened or left elsewhere. */
export const openList = (userId: string): void => {
  void loadChats();
  const onEntries = (entries: Entry[]): void => {
    if (entries.some(({ signal }) => signal === 'chat.memberJoined' || signal === 'chat.memberLeft')) void loadChats();
  };
  stopHome = client.watch(`user:${userId}`, { onEntries, onGap: () => void loadChats() }).stop;
};

export const closeList = (): void => {
  stopHome?.();
  for (const stop of watching.values()) stop();
  watching.clear();
  byId.value = new Map();
  chatsLoaded.value = false;
  moreChats.value = null;
};

/** Everything up to the chat's last message has been seen on this page. */
export const markRead = (chatId: string): void => {
  const summary = byId.value.get(chatId);
  if (summary && summary.unread > 0) put({ ...summary, unread: 0 });
};
