import type { Redis } from 'ioredis';
import { loadScript, runScript } from '../../../platform/redis/script.ts';

const CLAIM = loadScript(new URL('./claim-pictures.lua', import.meta.url));

/**
 * A message is stored within a second or so. A day is for the worst of days; after it a picture whose message is still not
 * stored could be sent again, and stays with the message that is stored first.
 */
const TTL_SECONDS = 24 * 3_600;

/** Which message has a picture, from before it is in the log until PostgreSQL knows. */
export interface PictureClaims {
  /**
   * Claims pictures for a message; those it has already stay its own. Either all of them are then its own, or nothing was
   * changed and the answer is the place of one that another message has.
   * @param message unique among all messages, the same for every repeat of one
   */
  claim: (mediaIds: readonly string[], message: string) => Promise<number | null>;
}

/** STRING for each picture: the message that has it. They lie beside the log, and are as durable; in one slot of a cluster. */
export const createPictureClaims = ({ redis }: { redis: { log: Redis } }): PictureClaims => ({
  claim: async (mediaIds, message) => {
    const keys = mediaIds.map((mediaId) => `rally:{pictures}:${mediaId}`);
    const place = Number(await runScript(redis.log, CLAIM, keys, [message, TTL_SECONDS]));
    return place === -1 ? null : place;
  },
});
