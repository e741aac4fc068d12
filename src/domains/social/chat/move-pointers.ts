import { AppError, invalidField } from '../../../kernel/errors.ts';
import { createBatcher, type Submit } from '../../../platform/batcher.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { rememberSmallChats } from './chat-size.ts';
import { currentPointers } from './current-pointers.ts';
import type { Pointer } from './entry.rules.ts';
import { storedPointers } from './member.reads.ts';
import type { ReadPointerStore } from './read-pointer.store.ts';
import { roomOf } from './room-name.rules.ts';
import { markedRead } from './signals/contract.ts';

/** The first reader of a quiet chat is seen at once; a reading crowd becomes one entry a second. */
const BATCHES = { tickMs: 1_000, maxPerRoom: 5_000, maxWaiting: 20_000 };
/** Redis may lose what was loaded before it is used, when the room begins another epoch: then it is loaded again. */
const MAX_ATTEMPTS = 3;

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'undurable'>;
  pointers: ReadPointerStore;
  sockets: Pick<Sockets, 'tellUsers'>;
}

/** Everybody's reading on this node, gathered by chat. Resolves with the user's pointer once the log has it. */
export const gatherReads = (deps: Deps): Submit<Pointer, number> => {
  const isSmall = rememberSmallChats(deps.database);
  return createBatcher({
    ...BATCHES,
    flush: async (chatId, reads: Pointer[]) => moveAll(deps, chatId, { reads, named: await isSmall(chatId) }),
  });
};

interface Reading {
  reads: Pointer[];
  named: boolean;
}

const moveAll = async (deps: Deps, chatId: string, { reads, named }: Reading): Promise<(number | AppError)[]> => {
  let loads = new Map<string, number>();
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const moves = reads.map(({ userId, seq }) => ({ userId, seq, load: loads.get(userId) }));
    const reply = await deps.pointers.move(chatId, moves, named);
    if (!('missing' in reply)) {
      tellReaders(deps, chatId, reads, reply);
      return reply.map((pointer) => pointer ?? beyondEnd());
    }
    loads = new Map([...loads, ...(await loadPointers(deps, chatId, reply.missing))]);
  }
  throw new AppError('OVERLOADED', 'The read pointers could not be loaded.', { retryAfterMs: BATCHES.tickMs });
};

/** A chat's log does not say to readers' other devices how far they have read: large ones name nobody. */
const tellReaders = ({ sockets }: Deps, chatId: string, reads: Pointer[], pointers: (number | null)[]): void => {
  const readers = new Map<number, string[]>();
  for (const [index, { userId, seq }] of reads.entries()) {
    if (pointers[index] === seq) readers.set(seq, [...(readers.get(seq) ?? []), userId]);
  }
  for (const [seq, userIds] of readers) sockets.tellUsers(userIds, markedRead, { chatId, seq });
};

const loadPointers = async ({ database, rooms }: Deps, chatId: string, userIds: string[]) => {
  const room = roomOf(chatId);
  // The log's end first, PostgreSQL second: nothing falls between the two.
  const end = (await rooms.undurable([room])).get(room)?.entries ?? [];
  return currentPointers(await storedPointers(database, chatId, userIds), end);
};

const beyondEnd = (): AppError => invalidField('seq', 'lies beyond the end of the chat');
