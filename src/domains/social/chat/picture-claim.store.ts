import type { Redis } from 'ioredis';

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

/** STRING for each picture: the message that has it. They lie beside the log, and are as durable. */
export const createPictureClaims = ({ redis }: { redis: { log: Pick<Redis, 'set' | 'unlink'> } }): PictureClaims => ({
  claim: async (mediaIds, message) => {
    const keys = mediaIds.map((mediaId) => `picture:${mediaId}`);
    const holders = await Promise.all(keys.map((key) => redis.log.set(key, message, 'EX', TTL_SECONDS, 'NX', 'GET')));
    const taken = holders.findIndex((holder) => holder !== null && holder !== message);
    if (taken === -1) return null;
    const fresh = keys.filter((_key, place) => holders[place] === null);
    await Promise.all(fresh.map((key) => redis.log.unlink(key)));
    return taken;
  },
});
