import type { Redis } from 'ioredis';
import { newId } from '../../../platform/ids.ts';
import { loadScript } from '../../../platform/redis/script.ts';
import { partitionOf, partitionPrefix } from '../../../platform/rooms/keys.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { MAX_EMOJI } from '../shapes/contract.ts';
import { roomOf } from './room-name.rules.ts';

const REACT = loadScript(new URL('./react.lua', import.meta.url));
const TTL_SECONDS = 24 * 3_600;
const NOT_LOADED = 1;

/** Somebody's wish about one emoji on one message. */
export interface Turn {
  seq: number;
  emoji: string;
  userId: string;
  on: boolean;
}

/** Who reacted with what, by emoji. */
export type Reactors = Record<string, string[]>;

export interface MessageTurns {
  seq: number;
  turns: Turn[];
  /** What to start from where Redis holds nothing; absent as long as nobody has asked for it. */
  load: Reactors | undefined;
}

export interface TurnedMessage {
  /** Totals per emoji. */
  reactions: Record<string, number>;
  /** For each turn: whether it was refused because the message has too many different emoji. */
  refused: boolean[];
}

export interface ReactionStore {
  /**
   * Applies turns and appends what they changed, in one atomic step.
   * @returns a result for each message, or the messages that have to be loaded before anything is done
   * @throws NOT_FOUND, OVERLOADED
   */
  turn: (chatId: string, messages: MessageTurns[]) => Promise<TurnedMessage[] | { missing: number[] }>;
  /** Has a message's reactions loaded anew before the next turn. */
  forget: (chatId: string, seq: number) => Promise<void>;
}

interface Deps {
  rooms: Pick<RoomLog, 'run'>;
  redis: { log: Pick<Redis, 'unlink'> };
}

/**
 * Reactions of messages somebody reacts to, as sets in the room's partition. They expire, and are void under another
 * epoch; then they are rebuilt from PostgreSQL and the end of the log.
 */
export const createReactionStore = ({ rooms, redis }: Deps): ReactionStore => ({
  turn: async (chatId, messages) => {
    const keys = messages.flatMap(({ seq }) => keysOf(chatId, seq));
    const args = [newId(), TTL_SECONDS, MAX_EMOJI, ...messages.flatMap(argumentsOf)];
    const [code, ...reply] = await rooms.run(roomOf(chatId), REACT, { keys, args });
    if (code === NOT_LOADED) return { missing: reply.map(Number) };
    return messages.map((_message, index) => turned(String(reply[2 * index]), String(reply[2 * index + 1])));
  },
  forget: async (chatId, seq) => {
    // Best effort: nobody applies reactions that come after a deletion.
    await redis.log.unlink(...keysOf(chatId, seq)).catch(() => undefined);
  },
});

/** HASH of totals and SET of reactors; see react.lua. */
const keysOf = (chatId: string, seq: number): [totals: string, reactors: string] => {
  const room = roomOf(chatId);
  const prefix = `${partitionPrefix(partitionOf(room))}:reactions:${room}:${seq}`;
  return [`${prefix}:totals`, `${prefix}:reactors`];
};

const argumentsOf = ({ seq, turns, load }: MessageTurns): (string | number)[] => [
  seq,
  load === undefined ? '' : JSON.stringify(load),
  turns.length,
  ...turns.flatMap(({ emoji, userId, on }) => [emoji, userId, on ? 1 : 0]),
];

const turned = (totals: string, outcomes: string): TurnedMessage => ({
  // Safe: encoded by react.lua.
  reactions: JSON.parse(totals) as Record<string, number>,
  refused: [...outcomes].map((outcome) => outcome === 'x'),
});
