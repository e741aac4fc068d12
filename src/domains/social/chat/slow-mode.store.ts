import type { Redis } from 'ioredis';
import { AppError } from '../../../kernel/errors.ts';
import { loadScript, runScript } from '../../../platform/redis/script.ts';

const TAKE = loadScript(new URL('./take-turn.lua', import.meta.url));

interface Turn {
  chatId: string;
  userId: string;
  /** The message's own id, the same for every repeat of it. */
  clientId: string;
  slowModeSeconds: number;
}

/** When members may speak again in chats that are in slow mode; counted over all nodes. */
export interface SlowMode {
  /** @throws SLOW_MODE with the time that is left, OVERLOADED when Redis is away */
  takeTurn: (turn: Turn) => Promise<void>;
  /** Takes the chat's turn to call everybody. @throws RATE_LIMITED with the time that is left, OVERLOADED when Redis is away */
  callHere: (turn: Pick<Turn, 'chatId' | 'clientId'>) => Promise<void>;
}

/** A chat calls everybody who is there once in this time. */
const HERE_SECONDS = 600;

/** STRING for each member who spoke lately: what they said. It vanishes when they may speak again, an hour later at most. */
export const createSlowMode = ({ redis }: { redis: { log: Redis } }): SlowMode => ({
  takeTurn: async ({ chatId, userId, clientId, slowModeSeconds }) => {
    const retryAfterMs = await take(redis.log, `rally:{slow:${chatId}}:${userId}`, [clientId, slowModeSeconds * 1_000]);
    if (retryAfterMs === 0) return;
    const seconds = Math.ceil(retryAfterMs / 1_000);
    throw new AppError('SLOW_MODE', `This chat is slow: you may write again in ${seconds} s.`, { retryAfterMs });
  },
  callHere: async ({ chatId, clientId }) => {
    const retryAfterMs = await take(redis.log, `rally:{here:${chatId}}`, [clientId, HERE_SECONDS * 1_000]);
    if (retryAfterMs === 0) return;
    const seconds = Math.ceil(retryAfterMs / 1_000);
    throw new AppError('RATE_LIMITED', `@here calls everybody: it may be used again in ${seconds} s.`, {
      retryAfterMs,
    });
  },
});

/** @returns how many ms are left; 0 when the turn is taken */
const take = async (redis: Redis, key: string, args: [string, number]): Promise<number> =>
  Number(await runScript(redis, TAKE, [key], args).catch(refuseWithoutRedis));

const refuseWithoutRedis = (): never => {
  throw new AppError('OVERLOADED', 'The rooms’ log cannot be reached.', { retryAfterMs: 1_000 });
};
