import type { EventStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';
import { PICTURE } from '../../media/api.ts';

type Reader = Pick<Transaction, 'event' | 'promoCode' | 'systemSetting' | 'currency'>;

/** What every query of events that are shown includes. */
export const COVER = { coverAsset: { select: PICTURE } } as const;

const CATEGORY = { id: true, name: true, slug: true, path: true } as const;
const ORDERED = [{ sortOrder: 'asc' }, { id: 'asc' }] as const;

/** The event with its kinds of tickets in order, or null for none and for one that was thrown away. */
export const findEvent = (reader: Pick<Transaction, 'event'>, eventId: string) =>
  reader.event.findFirst({
    where: { id: eventId, deletedAt: null },
    include: {
      ...COVER,
      category: { select: CATEGORY },
      cancellationPolicy: true,
      ticketTypes: { orderBy: [...ORDERED] },
    },
    relationLoadStrategy: 'join',
  });

export type EventRow = NonNullable<Awaited<ReturnType<typeof findEvent>>>;
export type TicketTypeRow = EventRow['ticketTypes'][number];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id that an id or a slug names, in any case; null for a slug of no event. */
export const idOf = async (reader: Pick<Transaction, 'event'>, given: string): Promise<string | null> => {
  const key = given.toLowerCase();
  return UUID.test(key) ? key : findIdBySlug(reader, key);
};

const findIdBySlug = async (reader: Pick<Transaction, 'event'>, slug: string): Promise<string | null> => {
  const row = await reader.event.findFirst({ where: { slug, deletedAt: null }, select: { id: true } });
  return row?.id ?? null;
};

/** Events of one host that may be watched at once; of more, the last to begin. */
const MAX_TO_COME = 200;

/** The ids of the events of a host that are published and not over. */
export const eventIdsToCome = async (reader: Pick<Transaction, 'event'>, hostId: string): Promise<string[]> => {
  const rows = await reader.event.findMany({
    where: { hostId, deletedAt: null, status: { in: ['PUBLISHED', 'ONGOING', 'POSTPONED'] } },
    orderBy: { startDate: 'desc' },
    take: MAX_TO_COME,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};

/** Whether a code opens what the event hides: its own code, or one of its host’s for all of their events, in its time. */
export const isValidCode = async (
  reader: Pick<Reader, 'promoCode'>,
  { id, hostId }: Pick<EventRow, 'id' | 'hostId'>,
  { code, now }: { code: string; now: Date },
): Promise<boolean> => {
  const found = await reader.promoCode.findFirst({
    where: {
      code: code.toUpperCase(),
      status: 'ACTIVE',
      funding: 'HOST',
      OR: [{ eventId: id }, { eventId: null, createdById: hostId }],
      AND: [
        { OR: [{ startsAt: null }, { startsAt: { lte: now } }] },
        { OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
      ],
    },
    select: { id: true },
  });
  return found !== null;
};

/** Whether staff must look at events before they are published: the setting `events.reviewRequired`. */
export const isReviewRequired = async (reader: Pick<Reader, 'systemSetting'>): Promise<boolean> => {
  const row = await reader.systemSetting.findUnique({
    where: { key: 'events.reviewRequired' },
    select: { value: true },
  });
  return row?.value === true;
};

/** Whether money may be taken in a currency. */
export const isCurrencyInUse = async (reader: Pick<Reader, 'currency'>, code: string): Promise<boolean> =>
  (await reader.currency.findFirst({ where: { code, isActive: true }, select: { code: true } })) !== null;

/** Parts of a host's list, by the statuses that stand in them. */
const SECTIONS = {
  UPCOMING: ['PUBLISHED', 'ONGOING', 'POSTPONED'],
  DRAFT: ['DRAFT', 'PENDING_REVIEW'],
  PAST: ['COMPLETED'],
  CANCELLED: ['CANCELLED'],
} as const satisfies Record<string, readonly EventStatus[]>;

interface OwnEvents {
  userId: string;
  status: EventStatus | undefined;
  section: keyof typeof SECTIONS | undefined;
  archived: boolean;
  /** The last one of the page before. */
  after: Place | null;
  limit: number;
}

/** Events somebody hosts or works for, latest start first; those to come the soonest first. */
export const eventsOfTeamMember = (
  reader: Pick<Transaction, 'event'>,
  { userId, status, section, archived, after, limit }: OwnEvents,
) => {
  const order = section === 'UPCOMING' ? 'asc' : 'desc';
  const beyond = order === 'asc' ? 'gt' : 'lt';
  return reader.event.findMany({
    where: {
      deletedAt: null,
      archivedAt: archived ? { not: null } : null,
      AND: [
        status === undefined ? {} : { status },
        section === undefined ? {} : { status: { in: [...SECTIONS[section]] } },
        { OR: [{ hostId: userId }, { hosts: { some: { userId, acceptedAt: { not: null } } } }] },
        after
          ? { OR: [{ startDate: { [beyond]: after.at } }, { startDate: after.at, id: { [beyond]: after.id } }] }
          : {},
      ],
    },
    include: COVER,
    orderBy: [{ startDate: order }, { id: order }],
    take: limit,
    relationLoadStrategy: 'join',
  });
};
