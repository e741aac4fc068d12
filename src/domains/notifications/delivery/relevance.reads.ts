import type { SuppressionReason } from '../../../generated/prisma/enums.ts';
import type { Database } from '../../../platform/db/client.ts';
import { headlines, isOfferOpen } from '../../events/api.ts';
import { isKeptAway } from '../../identity/api.ts';

const FIELDS = {
  id: true,
  userId: true,
  actorId: true,
  eventId: true,
  type: true,
  category: true,
  priority: true,
  title: true,
  message: true,
  data: true,
  expiresAt: true,
  createdAt: true,
  readAt: true,
  deletedAt: true,
} as const;

export const notificationOf = (database: Database, id: string) =>
  database.notification.findUniqueOrThrow({ where: { id }, select: FIELDS });

export type Told = Awaited<ReturnType<typeof notificationOf>>;

/** What is of no use any more once its event will not take place. */
const NEEDS_ITS_EVENT: ReadonlySet<Told['type']> = new Set([
  'EVENT_REMINDER',
  'EVENT_STARTING',
  'WAITLIST_OFFERED',
  'EVENT_UPDATED',
]);

/** Why something that was intended should not be sent after all; null when it should. Asked at the last moment. */
export const reasonAgainst = async (database: Database, told: Told, now: Date): Promise<SuppressionReason | null> => {
  if (told.expiresAt && told.expiresAt <= now) return 'EXPIRED';
  if (told.readAt || wasTakenOut(told)) return 'ALREADY_READ';
  if (told.actorId && (await isKeptAway(database, { userId: told.userId, otherId: told.actorId, now })))
    return 'BLOCKED';
  if (told.eventId && NEEDS_ITS_EVENT.has(told.type) && (await isOff(database, told.eventId))) return 'IRRELEVANT';
  if (told.type === 'WAITLIST_OFFERED' && !(await isStillOffered(database, told))) return 'IRRELEVANT';
  return null;
};

/** Out of the inbox from the start is what its person wants by other ways only. */
const wasTakenOut = ({ createdAt, deletedAt }: Told): boolean => deletedAt !== null && deletedAt > createdAt;

const isOff = async (database: Database, eventId: string): Promise<boolean> =>
  (await headlines(database, [eventId])).get(eventId)?.status === 'CANCELLED';

const isStillOffered = async (database: Database, { data }: Told): Promise<boolean> => {
  const offerId = (data as { offerId?: unknown } | null)?.offerId;
  return typeof offerId !== 'string' || isOfferOpen(database, offerId);
};
