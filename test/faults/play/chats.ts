import type { Database } from '../../../src/platform/db/client.ts';
import { makeChat, makeUsers } from '../../domains/social/support/rows.ts';
import type { Stage } from '../checkouts/stage.ts';
import { steadyTraffic, type Traffic } from '../steady-traffic.ts';
import { openReaders, type ReaderCount, type StoredChats } from './readers.ts';
import { patiently, rest } from './rest.ts';

/** Several, for one chat may have 20,000 messages that wait to be stored, and then refuses more. */
const CHATS = 20;
/** An access token is good for 15 minutes. */
const RENEW_MS = 5 * 60_000;
const STORED_WITHIN_MS = 120_000;

/** What became of the messages that were acknowledged. Each list names messages. */
export interface MessageCount {
  acknowledged: number;
  stored: number;
  /** Acknowledged and nowhere in PostgreSQL, without an excuse. */
  lost: string[];
  /** Stored more than once. */
  doubled: string[];
  /** Stored at another place than was acknowledged. */
  moved: string[];
  /** Stored though they were refused for good. */
  uninvited: string[];
  /** Chats whose messages are not numbered from 1 without a hole. */
  misnumbered: string[];
  /** Not stored yet when Redis was emptied, and gone with it: the one loss that is documented. */
  gone: number;
  /** Refused for good, by code. */
  refused: Record<string, number>;
  /** What those came to who read along. */
  readers: ReaderCount;
}

/** Messages that are sent at a steady rate into several chats, over both nodes, until they are acknowledged, and read. */
export interface Chats {
  /** Begins to read and to send. */
  start: () => Promise<void>;
  acknowledged: () => number;
  /** Notes what is acknowledged and not stored, while Redis is away and about to come back empty. */
  excuse: () => Promise<void>;
  /** Waits until all that is acknowledged by now is stored, or the signal is given. @throws Error when it is not in time */
  untilStored: (signal: AbortSignal) => Promise<void>;
  /** Begins no more, and waits for what was begun. */
  finish: () => Promise<void>;
  /** Waits until all is stored, but not for ever, and counts. */
  recount: () => Promise<MessageCount>;
  close: () => void;
}

interface Room {
  chatId: string;
  traffic: Traffic;
}

/** @param perSecond messages begun in all chats together */
export const openChats = async (stage: Stage, perSecond: number): Promise<Chats> => {
  const { database } = stage;
  const readers = await openReaders(stage);
  const writers = await makeUsers(database, CHATS);
  const nodeUrls = stage.cluster.nodes.map(({ url }) => url);
  const people = await Promise.all(writers.map(async (id) => ({ id, token: await stage.tokenOf(id) })));
  const renewing = setInterval(async () => {
    for (const person of people) person.token = await stage.tokenOf(person.id);
  }, RENEW_MS);
  const chatIds = await Promise.all(people.map(({ id }) => makeChat(database, [id, ...readers.ids])));
  const rooms: Room[] = [];
  const start = async (): Promise<void> => {
    await readers.follow(chatIds);
    for (const [place, person] of people.entries()) {
      const chatId = chatIds[place] ?? '';
      const urls = place % 2 === 0 ? nodeUrls : nodeUrls.toReversed();
      const traffic = steadyTraffic({ nodeUrls: urls, person, chatId, perSecond: perSecond / CHATS });
      rooms.push({ chatId, traffic });
    }
  };
  const excused = new Set<string>();
  return {
    start,
    acknowledged: () => rooms.reduce((sum, { traffic }) => sum + traffic.acknowledged.length, 0),
    excuse: async () => {
      for (const id of await unstored(database, rooms)) excused.add(id);
    },
    untilStored: async (signal) => {
      const owed = owedOf(rooms, excused);
      const missing = missingFrom(owed, await untilStored(database, rooms, owed, signal));
      if (signal.aborted) return;
      if (missing.length > 0) throw new Error(`${missing.length} acknowledged messages were not stored meanwhile`);
    },
    finish: async () => {
      await Promise.all(rooms.map(({ traffic }) => traffic.finish()));
    },
    recount: async () => {
      const { rows, ...count } = await recount(database, rooms, excused);
      return { ...count, readers: await readers.recount(byChat(rows)) };
    },
    close: () => {
      clearInterval(renewing);
      readers.close();
    },
  };
};

interface Stored {
  chatId: string;
  clientId: string;
  seq: number;
  ordinal: number;
}

const storedIn = (database: Database, rooms: readonly Room[]): Promise<Stored[]> =>
  patiently(() =>
    database.$queryRawUnsafe<Stored[]>(
      `SELECT chat_id AS "chatId", client_id AS "clientId", seq::int, ordinal::int FROM messages
       WHERE chat_id = ANY($1::uuid[]) ORDER BY chat_id, seq`,
      rooms.map(({ chatId }) => chatId),
    ),
  );

const acknowledgedIn = (rooms: readonly Room[]) => rooms.flatMap(({ traffic }) => traffic.acknowledged);

/** Acknowledged messages that are not stored, once nothing more is being stored. */
const unstored = async (database: Database, rooms: readonly Room[]): Promise<string[]> => {
  let before = -1;
  let rows = await storedIn(database, rooms);
  // A worker may still be committing what it had taken.
  while (rows.length !== before) {
    before = rows.length;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    rows = await storedIn(database, rooms);
  }
  const stored = new Set(rows.map(({ clientId }) => clientId));
  return acknowledgedIn(rooms).flatMap(({ clientId }) => (stored.has(clientId) ? [] : [clientId]));
};

const recount = async (
  database: Database,
  rooms: readonly Room[],
  excused: ReadonlySet<string>,
): Promise<Omit<MessageCount, 'readers'> & { rows: Stored[] }> => {
  const rows = await untilStored(database, rooms, owedOf(rooms, excused));
  const acknowledged = new Map(acknowledgedIn(rooms).map((message) => [message.clientId, message.seq]));
  const stored = new Map(rows.map((row) => [row.clientId, row]));
  const missing = [...acknowledged.keys()].filter((id) => !stored.has(id));
  const refused = rooms.flatMap(({ traffic }) => traffic.refused);
  const codes: Record<string, number> = {};
  for (const { code } of refused) codes[code] = (codes[code] ?? 0) + 1;
  return {
    rows,
    acknowledged: acknowledged.size,
    stored: stored.size,
    lost: missing.filter((id) => !excused.has(id)),
    doubled: rows.filter((row) => stored.get(row.clientId) !== row).map(({ clientId }) => clientId),
    moved: [...acknowledged].flatMap(([id, seq]) => ((stored.get(id)?.seq ?? seq) === seq ? [] : [id])),
    uninvited: refused.flatMap(({ clientId }) => (stored.has(clientId) ? [clientId] : [])),
    misnumbered: misnumbered(rows),
    gone: missing.filter((id) => excused.has(id)).length,
    refused: codes,
  };
};

/** In the order of their places, as they are read. */
const byChat = (rows: readonly Stored[]): StoredChats => {
  const chats = new Map<string, Stored[]>();
  for (const row of rows) {
    const chat = chats.get(row.chatId) ?? [];
    chats.set(row.chatId, chat);
    chat.push(row);
  }
  return chats;
};

const owedOf = (rooms: readonly Room[], excused: ReadonlySet<string>): string[] =>
  acknowledgedIn(rooms).flatMap(({ clientId }) => (excused.has(clientId) ? [] : [clientId]));

const missingFrom = (owed: readonly string[], rows: readonly Stored[]): string[] => {
  const stored = new Set(rows.map(({ clientId }) => clientId));
  return owed.filter((id) => !stored.has(id));
};

/** Waits for what is owed, but not for ever. @returns all that is stored then */
const untilStored = async (
  database: Database,
  rooms: readonly Room[],
  owed: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Stored[]> => {
  const deadline = performance.now() + STORED_WITHIN_MS;
  for (;;) {
    const rows = await storedIn(database, rooms);
    if (missingFrom(owed, rows).length === 0 || performance.now() > deadline || signal.aborted) return rows;
    await rest(500, signal);
  }
};

const misnumbered = (rows: readonly Stored[]): string[] => {
  const next = new Map<string, number>();
  const wrong = new Set<string>();
  for (const { chatId, ordinal } of rows) {
    const expected = next.get(chatId) ?? 1;
    if (ordinal !== expected) wrong.add(chatId);
    next.set(chatId, expected + 1);
  }
  return [...wrong];
};
