import { computed, signal } from '@preact/signals';
import type { Entry, SignalData, Stop } from '../../../src/sdk/index.ts';
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

/** A place no log has: whatever the chat's log holds, the watcher is told that it missed it. */
const NOWHERE = { epoch: '', seq: 0 };
/** After a restart of the server many chats ask for the list at once. */
const RELOAD_MS = 100;

/** The caller's own view of a chat was set, here or on another device. */
const showOwnView = ({ chatId, own }: SignalData<'chat.viewChanged'>): void => {
  const summary = byId.value.get(chatId);
  if (summary && own.isHidden) drop(chatId);
  else if (summary) put({ ...summary, own });
  else reloadChats();
};

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
    onGap: reloadChats,
    onClosed: () => drop(summary.id),
  };
  watching.set(summary.id, client.watch(`chat:${summary.id}`, watcher, summary.position ?? NOWHERE).stop);
};

const load = async (cursor?: string): Promise<void> => {
  const page = await client.call('chat.list', cursor ? { cursor } : {}).catch(() => null);
  if (!page) return;
  for (const summary of page.items) follow(summary);
  moreChats.value = page.nextCursor;
  chatsLoaded.value = true;
};

/** Loads the chats after those that are shown. */
export const loadMoreChats = (): Promise<void> => load(moreChats.value ?? undefined);

let reloading: ReturnType<typeof setTimeout> | undefined;

/** Loads the newest chats anew, once for all who ask within a moment. */
export const reloadChats = (): void => {
  reloading ??= setTimeout(() => {
    reloading = undefined;
    void load();
  }, RELOAD_MS);
};

/** Begins to show the list, and hears of chats that are opened or left elsewhere. */
export const openList = (userId: string): void => {
  void load();
  const onEntries = (entries: Entry[]): void => {
    if (entries.some(({ signal }) => signal === 'chat.memberJoined' || signal === 'chat.memberLeft')) reloadChats();
  };
  const home = client.watch(`user:${userId}`, { onEntries, onGap: reloadChats });
  // A page that was opened while the server was away gets its list with the connection.
  const stopOwnViews = client.on('chat.viewChanged', showOwnView);
  // Told of chats that are not among those that were loaded.
  const stopActivity = client.on('chat.activity', reloadChats);
  const stopStatus = client.onStatus(({ phase }) => phase === 'online' && !chatsLoaded.value && reloadChats());
  stopHome = () => {
    home.stop();
    stopStatus();
    stopOwnViews();
    stopActivity();
  };
};

export const closeList = (): void => {
  stopHome?.();
  clearTimeout(reloading);
  reloading = undefined;
  for (const stop of watching.values()) stop();
  watching.clear();
  byId.value = new Map();
  chatsLoaded.value = false;
  moreChats.value = null;
};

/** Everything up to the chat's last message has been seen on this page. */
export const markRead = (chatId: string): void => {
  const summary = byId.value.get(chatId);
  if (summary && summary.unread > 0) put({ ...summary, unread: 0, mentions: 0 });
};
