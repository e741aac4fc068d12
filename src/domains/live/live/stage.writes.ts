import type { LiveStatus, Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { findStage, type Settings, type Stage } from '../standing/standing.reads.ts';

/** The stage of an event, made where there was none, and held until the transaction ends: who changes one comes first here. */
export const holdStage = async (tx: Transaction, eventId: string): Promise<Stage> => {
  await tx.$executeRaw`INSERT INTO live_sessions (event_id) VALUES (${eventId}::uuid) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT 1 AS held FROM live_sessions WHERE event_id = ${eventId}::uuid FOR NO KEY UPDATE`;
  return findStage(tx, eventId);
};

/** Moves a stage that is held. */
export const moveStage = async (
  tx: Transaction,
  eventId: string,
  change: { status: LiveStatus; openedAt?: Date | null; endedAt?: Date },
): Promise<Stage> => {
  await tx.liveSession.update({ where: { eventId }, data: { ...change, version: { increment: 1 } } });
  return findStage(tx, eventId);
};

/** Writes the settings of a stage that is held. */
export const writeSettings = async (tx: Transaction, eventId: string, settings: Settings): Promise<Stage> => {
  await tx.liveSession.update({ where: { eventId }, data: { settings, version: { increment: 1 } } });
  return findStage(tx, eventId);
};

/** Puts an announcement on top of a stage that is held. */
export const writePinned = async (tx: Transaction, eventId: string, pinned: Stage['pinned']): Promise<void> => {
  // Safe: a plain object of texts.
  await tx.liveSession.update({ where: { eventId }, data: { pinned: pinned as unknown as Prisma.InputJsonObject } });
};

/** Mutes somebody, or sends them out; in the place of what was decided before. */
export const writeMute = async (
  tx: Transaction,
  mute: { eventId: string; userId: string; until: Date; isRemoved: boolean; byId: string; reason: string; now: Date },
): Promise<void> => {
  const { eventId, userId, now, ...decided } = mute;
  await tx.stageMute.upsert({
    where: { eventId_userId: { eventId, userId } },
    create: { eventId, userId, createdAt: now, ...decided },
    update: { createdAt: now, ...decided },
  });
};

/** @returns whether there was a mute */
export const deleteMute = async (tx: Transaction, eventId: string, userId: string): Promise<boolean> =>
  (await tx.stageMute.deleteMany({ where: { eventId, userId } })).count > 0;

/** Stores what a minute had; a later count of the same minute is never less. */
export const storeMinutes = async (
  tx: Transaction,
  eventId: string,
  minutes: readonly { at: Date; peak: number; applause: Record<string, number> }[],
): Promise<void> => {
  for (const { at, peak, applause } of minutes) {
    await tx.$executeRaw`
      INSERT INTO live_viewers (event_id, minute, peak) VALUES (${eventId}::uuid, ${at}, ${peak})
      ON CONFLICT (event_id, minute) DO UPDATE SET peak = GREATEST(live_viewers.peak, EXCLUDED.peak)`;
    await tx.$executeRaw`
      INSERT INTO live_applause (event_id, minute, emoji, count)
      SELECT ${eventId}::uuid, ${at}, key, value::bigint FROM jsonb_each_text(${JSON.stringify(applause)}::jsonb)
      ON CONFLICT (event_id, minute, emoji) DO UPDATE SET count = GREATEST(live_applause.count, EXCLUDED.count)`;
  }
  await tx.$executeRaw`
    UPDATE live_sessions AS stage SET
      peak_viewers = GREATEST(peak_viewers, (SELECT coalesce(max(peak), 0) FROM live_viewers WHERE event_id = stage.event_id)),
      applause_total = (
        SELECT coalesce(jsonb_object_agg(emoji, total), '{}') FROM (
          SELECT emoji, sum(count) AS total FROM live_applause WHERE event_id = stage.event_id GROUP BY emoji) AS summed)
    WHERE event_id = ${eventId}::uuid`;
};

/** Notes that an evening was summed up. @returns false when it was before */
export const markSummarised = async (tx: Transaction, eventId: string, now: Date): Promise<boolean> =>
  (await tx.liveSession.updateMany({ where: { eventId, summarisedAt: null }, data: { summarisedAt: now } })).count ===
  1;

/** Notes since when the chat of an event is slowed by itself; null for not any more. */
export const markSlowed = async (tx: Transaction, eventId: string, slowedAt: Date | null): Promise<void> => {
  await tx.liveSession.update({ where: { eventId }, data: { slowedAt }, select: { eventId: true } });
};
