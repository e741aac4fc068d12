import type { Redis } from 'ioredis';
import type { RoomHandler, RoomSeed } from '../../kernel/domain.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../ids.ts';
import type { RedisMemory } from '../redis/memory.ts';
import { loadScript, runScript, type Script } from '../redis/script.ts';
import { decodeEntry, encodeBody, fromStream, type LogEntry } from './entries.ts';
import { trackInstance } from './instance.ts';
import {
  appendKeys,
  dirtyKey,
  IDLE_ROOM_TTL_SECONDS,
  logKey,
  metaKey,
  partitionOf,
  SEEN_GENERATION_MS,
} from './keys.ts';
import type { Appended, Draft, Position, RoomLog } from './log.ts';

const APPEND = loadScript(new URL('./append.lua', import.meta.url));
const SEED = loadScript(new URL('./seed.lua', import.meta.url));

/** Entries of one room that may wait for PostgreSQL; beyond it appends are refused instead of trimming what is not stored. */
const MAX_UNDURABLE = 20_000;
/** Entries that one script may append after the bound was looked at. */
const MAX_AT_ONCE = 5_000;
/** Numbers that a new epoch skips: more than can have been handed out and not be stored. */
const EPOCH_GAP = MAX_UNDURABLE + MAX_AT_ONCE;
/** Where a room begins that was made this moment. */
const BEGINNING: RoomSeed = { seq: 0, ordinal: 0, recent: [], unused: true };

const NOT_LOADED = -1;
const OTHER_INSTANCE = -2;
const TOO_FAR_BEHIND = -3;
/** append.lua's own. */
const NAMES_A_LATER_ONE = 2;
const MAY_BE_FORGOTTEN = 3;
/** Tells append.lua that no entry has the id. */
const WHATEVER_IS_REMEMBERED = 'any';

export interface RoomLogParts {
  redis: Redis;
  memory: Pick<RedisMemory, 'isNearlyFull'>;
  /** By kind, what stands before the colon of a room's name; filled by the domains. */
  handlers: ReadonlyMap<string, Pick<RoomHandler, 'seed'>>;
}

/** What the engine itself needs beyond what domains may ask. */
export interface EngineLog extends RoomLog {
  /** As `after`, with bodies still encoded. */
  rawAfter: (room: string, seq: number, limit: number) => Promise<LogEntry[]>;
}

const beyondEnd = (field: string): AppError => {
  const message = 'lies beyond the end of the room';
  return new AppError('INVALID_INPUT', `${field}: ${message}`, { issues: [{ path: field, message }] });
};

const away = (error: unknown): never => {
  if (error instanceof AppError) throw error;
  throw new AppError('OVERLOADED', "The rooms' log cannot be reached.", { retryAfterMs: 1_000 });
};

const appendArguments = (draft: Draft): (string | number)[] => {
  const hidden = draft.hidden === undefined ? '' : JSON.stringify(draft.hidden);
  const affects = [...(draft.affects ?? []), ...(draft.evicts ?? [])].join(',');
  const evicts = draft.evicts?.join(',') ?? '';
  const names = draft.names?.seq ?? 0;
  return [draft.id, encodeBody(draft), draft.counted ? 1 : 0, hidden, affects, evicts, names];
};

const roomId = (room: string): { kind: string; id: string } => {
  const colon = room.indexOf(':');
  return { kind: room.slice(0, colon), id: room.slice(colon + 1) };
};

export const createRoomLog = ({ redis, memory, handlers }: RoomLogParts): EngineLog => {
  const instance = trackInstance(redis);

  /** Seeds under way: everyone who finds a room closed waits for the one who opens it. */
  const seeding = new Map<string, Promise<void>>();

  const seed = (room: string): Promise<void> => {
    const known = seeding.get(room);
    if (known) return known;
    const opening = openRoom(room).finally(() => seeding.delete(room));
    seeding.set(room, opening);
    return opening;
  };

  const openRoom = async (room: string): Promise<void> => {
    const { kind, id } = roomId(room);
    const stored = await handlers.get(kind)?.seed(id);
    if (!stored) throw new AppError('NOT_FOUND', 'There is no such room, or not for you.');
    await openAt(room, stored);
  };

  const openAt = async (room: string, stored: RoomSeed): Promise<void> => {
    const keys = [metaKey(room), logKey(room), dirtyKey(partitionOf(room))];
    const recent = stored.recent.flatMap((entry) => [entry.id, entry.seq]);
    const numbers = [room, await instance(), newId(), stored.seq, stored.ordinal];
    const bounds = [SEEN_GENERATION_MS, EPOCH_GAP, stored.unused ? 1 : 0, IDLE_ROOM_TTL_SECONDS];
    await runScript(redis, SEED, keys, [...numbers, ...bounds, stored.recentSinceMs ?? '', ...recent]);
  };

  const run: RoomLog['run'] = async (room, script, { keys, args }) => {
    if (memory.isNearlyFull()) {
      throw new AppError('OVERLOADED', "The rooms' log is nearly full.", { retryAfterMs: 5_000 });
    }
    const allKeys = [...appendKeys(room), ...keys];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const reply = await runOnce(script, allKeys, [
        room,
        await instance(),
        MAX_UNDURABLE,
        SEEN_GENERATION_MS,
        ...args,
      ]);
      const [code = NOT_LOADED, ...rest] = reply;
      if (code === TOO_FAR_BEHIND) {
        throw new AppError('OVERLOADED', 'This room is faster than it can be stored.', { retryAfterMs: 2_000 });
      }
      if (code !== NOT_LOADED && code !== OTHER_INSTANCE) {
        return [code, ...rest];
      }
      await seed(room);
    }
    throw new AppError('OVERLOADED', 'The room could not be opened.', { retryAfterMs: 1_000 });
  };

  const runOnce = async (script: Script, keys: string[], args: (string | number)[]): Promise<unknown[]> =>
    // Safe: every appending script answers an array, by the contract in append-entry.lua.
    (await runScript(redis, script, keys, args)) as unknown[];

  const append = async (room: string, draft: Draft): Promise<Appended> => {
    const args = appendArguments(draft);
    const { repeats } = draft;
    const memory = repeats ? (repeats.madeAtMs ?? '') : WHATEVER_IS_REMEMBERED;
    const reply = await run(room, APPEND, { keys: [], args: [...args, memory] });
    if (!repeats || reply[0] !== MAY_BE_FORGOTTEN) return readReply(reply, draft);
    const first = await repeats.find(reply[1] === 1);
    if (first) return { ...first, atMs: 0, ordinal: 0, duplicate: true };
    // A repeat that was appended meanwhile is remembered, and found.
    return readReply(await run(room, APPEND, { keys: [], args: [...args, WHATEVER_IS_REMEMBERED] }), draft);
  };

  const readReply = (reply: unknown[], { names }: Draft): Appended => {
    // Safe: the shape is append.lua's.
    const [code, seq, epoch, atMs, ordinal] = reply as [number, number, string, number, number];
    if (code === NAMES_A_LATER_ONE) throw beyondEnd(names?.field ?? '');
    return { seq, epoch, atMs, ordinal, duplicate: code === 1 };
  };

  const readPosition = async (room: string): Promise<Position | null> => {
    const [epoch, seq, ordinal, durable, writtenTo] = await redis.hmget(metaKey(room), 'e', 's', 'o', 'd', 'i');
    if (!epoch || writtenTo !== (await instance())) return null;
    return { epoch, seq: Number(seq), durable: Number(durable), ordinal: Number(ordinal) };
  };

  const position = async (room: string): Promise<Position> => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const found = await readPosition(room);
      if (found) return found;
      await seed(room);
    }
    throw new AppError('OVERLOADED', 'The room could not be opened.', { retryAfterMs: 1_000 });
  };

  const rawAfter: EngineLog['rawAfter'] = async (room, seq, limit) => {
    const found = await redis.xrange(logKey(room), `(${seq}-0`, '+', 'COUNT', limit);
    return found.map(fromStream);
  };

  const undurable: RoomLog['undurable'] = async (rooms) => {
    const positions = await Promise.all(
      rooms.map(async (room) => {
        const [epoch, seq, ordinal, durable] = await redis.hmget(metaKey(room), 'e', 's', 'o', 'd');
        if (!epoch) return null;
        return { room, position: { epoch, seq: Number(seq), durable: Number(durable), ordinal: Number(ordinal) } };
      }),
    );
    const tails = positions.flatMap((found) => (found ? [withTail(found.room, found.position)] : []));
    return new Map(await Promise.all(tails));
  };

  const withTail = async (room: string, at: Position) => {
    const behind = at.seq > at.durable;
    const entries = behind ? await rawAfter(room, at.durable, MAX_UNDURABLE) : [];
    // Entries that were appended after the position was read would make the two contradict each other.
    const upTo = entries.filter((entry) => entry.seq <= at.seq).map(decodeEntry);
    return [room, { position: at, entries: upTo }] as const;
  };

  return {
    append: (room, draft) => append(room, draft).catch(away),
    run: (room, script, extra) => run(room, script, extra).catch(away),
    begin: (room) => openAt(room, BEGINNING).catch(away),
    position: (room) => position(room).catch(away),
    rawAfter: (room, seq, limit) => rawAfter(room, seq, limit).catch(away),
    after: async (room, seq, limit) => (await rawAfter(room, seq, limit).catch(away)).map(decodeEntry),
    entry: async (room, seq) => {
      const [found] = await redis.xrange(logKey(room), `${seq}-0`, `${seq}-0`).catch(away);
      return found ? decodeEntry(fromStream(found)) : null;
    },
    undurable: (rooms) => undurable(rooms).catch(away),
  };
};
