import { type Client, createClient, type Following } from '../../../src/sdk/index.ts';
import { type Person, register } from '../../support/people.ts';
import { until } from '../../support/until.ts';
import type { Stage } from '../checkouts/stage.ts';
import { type Finding, findingOf } from './finding.ts';

/** How often somebody who reads along says how far. */
const READ_EVERY_MS = 2_000;
const LEVEL_WITHIN_MS = 90_000;
const UNREAD_WITHIN_MS = 30_000;
/** What the SDK gives somebody who begins to read. */
const PAGE = 50;
/** The SDK lets go of the oldest messages when it has a few more. */
const KEPT = 1_500;

/** A stored message of one chat. */
export interface StoredMessage {
  clientId: string;
  seq: number;
}

/** What is stored of each chat, in its order. */
export type StoredChats = ReadonlyMap<string, readonly StoredMessage[]>;

/** What readers came to. */
export interface ReaderCount {
  /** Messages that they hold, all together. */
  held: number;
  /** How often one was told to begin anew with a page, because the log does not go on where they are. */
  resets: number;
  findings: Finding[];
}

/** People who have every chat open, each on a node of their own, and whose client connects again by itself. */
export interface Readers {
  ids: readonly string[];
  /** Opens the chats; resolves when each is loaded, so that nothing that is said from then on may be missing. */
  follow: (chatIds: readonly string[]) => Promise<void>;
  /** Waits until all are level with what is stored, but not for ever, and compares. */
  recount: (stored: StoredChats) => Promise<ReaderCount>;
  close: () => void;
}

interface Reader {
  name: string;
  client: Client;
  /** Says how far they have read; the other one never does. */
  isReading: boolean;
  chats: Map<string, Open>;
}

/** A chat that one reader has open. */
interface Open {
  following: Following;
  resets: number;
}

export const openReaders = async ({ cluster }: Stage): Promise<Readers> => {
  const people: Person[] = [];
  for (const { url } of cluster.nodes) people.push(await register(url));
  const readers = await Promise.all(
    people.map(async ({ token: accessToken, refreshToken }, place): Promise<Reader> => {
      const { name, url } = cluster.nodes[place] ?? { name: '', url: '' };
      const client = createClient({ url, accessToken, refreshToken });
      await client.start();
      return { name: `the reader on ${name}`, client, isReading: place === 0, chats: new Map() };
    }),
  );
  const reading = setInterval(() => {
    for (const reader of readers.filter(({ isReading }) => isReading)) void readAlong(reader);
  }, READ_EVERY_MS).unref();
  return {
    ids: people.map(({ id }) => id),
    follow: async (chatIds) => {
      for (const reader of readers) for (const chatId of chatIds) reader.chats.set(chatId, open(reader.client, chatId));
      const opened = readers.flatMap(({ chats }) => [...chats.values()]);
      const isLoaded = ({ following }: Open): boolean => following.state().timeline !== null;
      await until(() => opened.every(isLoaded), { withinMs: LEVEL_WITHIN_MS, what: 'the chats of the readers' });
    },
    recount: async (stored) => {
      clearInterval(reading);
      return recount(readers, stored);
    },
    close: () => {
      clearInterval(reading);
      for (const { client, chats } of readers) {
        for (const { following } of chats.values()) following.stop();
        client.close();
      }
    },
  };
};

const open = (client: Client, chatId: string): Open => {
  const opened: Open = { following: client.chat(chatId).follow(() => undefined), resets: 0 };
  client.watch(`chat:${chatId}`, {
    onGap: () => {
      opened.resets += 1;
    },
  });
  return opened;
};

const shown = ({ following }: Open) => following.state().timeline?.messages ?? [];

/** Says how far everything was read. What is not taken now is said again later. */
const readAlong = async ({ client, chats }: Reader): Promise<void> => {
  await Promise.all(
    [...chats].map(async ([chatId, chat]) => {
      const seq = shown(chat).at(-1)?.seq;
      if (seq === undefined) return;
      await client.call('chat.read', { chatId, seq }, { timeoutMs: READ_EVERY_MS }).catch(() => undefined);
    }),
  );
};

const recount = async (readers: readonly Reader[], stored: StoredChats): Promise<ReaderCount> => {
  const late = await untilLevel(readers, stored);
  const wrong = readers.flatMap((reader) =>
    [...reader.chats].flatMap(([chatId, chat]) => {
      const difference = differenceFrom(stored.get(chatId) ?? [], chat);
      return difference === null ? [] : [`${reader.name} of ${chatId}: ${difference}`];
    }),
  );
  const opened = readers.flatMap(({ chats }) => [...chats.values()]);
  return {
    held: opened.reduce((sum, chat) => sum + shown(chat).length, 0),
    resets: opened.reduce((sum, { resets }) => sum + resets, 0),
    findings: [
      ...findingOf('readers who are not level', late),
      ...findingOf('readers who hold something else than is stored', wrong),
      ...findingOf('unread counts that are wrong', await wrongUnread(readers, stored)),
    ],
  };
};

/** @returns who has not seen the last message in time */
const untilLevel = async (readers: readonly Reader[], stored: StoredChats): Promise<string[]> => {
  let late: string[] = [];
  const look = (): boolean => {
    late = readers.flatMap((reader) =>
      [...reader.chats].flatMap(([chatId, chat]) => {
        const last = stored.get(chatId)?.at(-1)?.seq ?? 0;
        const seen = shown(chat).at(-1)?.seq ?? 0;
        return seen >= last ? [] : [`${reader.name} of ${chatId} is at ${seen} of ${last}`];
      }),
    );
    return late.length === 0;
  };
  await until(look, { withinMs: LEVEL_WITHIN_MS }).catch(() => undefined);
  return late;
};

/** What somebody holds is the end of what is stored, whole: all of it, unless they had to begin anew. */
const differenceFrom = (stored: readonly StoredMessage[], chat: Open): string | null => {
  const { closed } = chat.following.state();
  if (closed !== null) return `was closed with ${closed.code}`;
  const held = shown(chat);
  const least = Math.min(stored.length, chat.resets === 0 ? KEPT : PAGE);
  if (held.length < least) return `holds ${held.length} messages where ${stored.length} are stored`;
  const expected = stored.slice(-held.length);
  const place = held.findIndex(
    ({ seq, clientId }, at) => expected[at]?.seq !== seq || expected[at].clientId !== clientId,
  );
  if (place < 0 || held.length === 0) return null;
  return `holds ${held[place]?.clientId} at ${held[place]?.seq} where ${expected[place]?.clientId} is stored at ${expected[place]?.seq}`;
};

/** Who reads along has nothing unread in the end, and who never did everything. */
const wrongUnread = async (readers: readonly Reader[], stored: StoredChats): Promise<string[]> => {
  let wrong: string[] = [];
  const look = async (): Promise<boolean> => {
    const asked = readers.map((reader) => unreadOf(reader, stored).catch((error: unknown) => [String(error)]));
    wrong = (await Promise.all(asked)).flat();
    return wrong.length === 0;
  };
  await until(look, { withinMs: UNREAD_WITHIN_MS }).catch(() => undefined);
  return wrong;
};

const unreadOf = async (reader: Reader, stored: StoredChats): Promise<string[]> => {
  if (reader.isReading) await readAlong(reader);
  const { items } = await reader.client.call('chat.list', { limit: 100 });
  const told = new Map(items.map(({ id, unread }) => [id, unread]));
  return [...reader.chats.keys()].flatMap((chatId) => {
    const expected = reader.isReading ? 0 : (stored.get(chatId)?.length ?? 0);
    const unread = told.get(chatId);
    return unread === expected ? [] : [`${reader.name} is told ${unread} unread in ${chatId}, not ${expected}`];
  });
};
