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
}

/** STRING for each member who spoke lately: what they said. It vanishes when they may speak again, an hour later at most. */
export const createSlowMode = ({ redis }: { redis: { log: Redis } }): SlowMode => ({
  takeTurn: async ({ chatId, userId, clientId, slowModeSeconds }) => {
    const key = `rally:{slow:${chatId}}:${userId}`;
    const left = await runScript(redis.log, TAKE, [key], [clientId, slowModeSeconds * 1_000]).catch(refuseWithoutRedis);
    const retryAfterMs = Number(left);
    if (retryAfterMs === 0) return;
    const seconds = Math.ceil(retryAfterMs / 1_000);
    throw new AppError('SLOW_MODE', `This chat is slow: you may write again in ${seconds} s.`, { retryAfterMs });
  },
});

const refuseWithoutRedis = (): never => {
  throw new AppError('OVERLOADED', 'The rooms’ log cannot be reached.', { retryAfterMs: 1_000 });
};
