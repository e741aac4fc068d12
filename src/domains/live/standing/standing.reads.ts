import type { z } from 'zod';
import type { LiveStatus } from '../../../generated/prisma/enums.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { standingAt, wasLetIn } from '../../events/api.ts';
import { LiveSettings, USUAL_SETTINGS } from '../shapes/contract.ts';
import type { Viewer } from './policy.ts';

export type Reader = Pick<Transaction, 'event' | '$queryRaw' | 'attendance' | 'liveSession' | 'stageMute'>;
export type Settings = z.output<typeof LiveSettings>;

/** The stage of an event. One that nobody has touched is UPCOMING, with the usual settings. */
export interface Stage {
  eventId: string;
  status: LiveStatus;
  openedAt: Date | null;
  endedAt: Date | null;
  settings: Settings;
  version: number;
  peakViewers: number;
  pinned: { updateId: string; title: string; body: string; until: string | null } | null;
  applause: Record<string, number>;
}

/** The settings that the team chose; the others have their usual values. */
export const settingsOf = (stored: unknown): Settings => LiveSettings.parse({ ...USUAL_SETTINGS, ...Object(stored) });

/** The stage of an event, whether or not it has a row yet. */
export const findStage = async (reader: Pick<Transaction, 'liveSession'>, eventId: string): Promise<Stage> => {
  const row = await reader.liveSession.findUnique({ where: { eventId } });
  return {
    eventId,
    status: row?.status ?? 'UPCOMING',
    openedAt: row?.openedAt ?? null,
    endedAt: row?.endedAt ?? null,
    settings: settingsOf(row?.settings),
    version: row?.version ?? 0,
    peakViewers: row?.peakViewers ?? 0,
    // Safe, both: written by this domain alone, in these shapes.
    pinned: (row?.pinned ?? null) as Stage['pinned'],
    applause: (row?.applauseTotal ?? {}) as Record<string, number>,
  };
};

/** Gives somebody's standing to a stage; null for an event that they may not know of, or whose room they were sent out of. */
export const readViewer = async (
  reader: Reader,
  eventId: string,
  { actor, now }: { actor: Actor; now: Date },
): Promise<Viewer | null> => {
  const [standing, mute, cameIn] = await Promise.all([
    standingAt(reader, eventId, actor),
    findMute(reader, eventId, { userId: actor.userId, now }),
    wasLetIn(reader, eventId, actor.userId),
  ]);
  if (!standing) return null;
  const isTeam = standing.role !== null;
  if (mute?.isRemoved && !isTeam) return null;
  const { hostId, manages, supervises, isAdmitted } = standing;
  const mutedUntilMs = mute && !isTeam ? mute.until.getTime() : null;
  return { hostId, isTeam, manages, supervises, isAdmitted, wasLetIn: cameIn, mutedUntilMs };
};

/** A mute that has not ended, or null. */
export const findMute = (
  reader: Pick<Transaction, 'stageMute'>,
  eventId: string,
  { userId, now }: { userId: string; now: Date },
) => reader.stageMute.findFirst({ where: { eventId, userId, until: { gt: now } } });

/** The mutes of an event that have not ended, ordered by the person's id. */
export const mutesOf = (
  reader: Pick<Transaction, 'stageMute'>,
  eventId: string,
  { now, after, limit }: { now: Date; after: string | undefined; limit: number },
) =>
  reader.stageMute.findMany({
    where: { eventId, until: { gt: now }, ...(after === undefined ? {} : { userId: { gt: after } }) },
    orderBy: { userId: 'asc' },
    take: limit,
  });
