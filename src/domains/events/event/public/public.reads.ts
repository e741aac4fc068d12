import { Prisma } from '../../../../generated/prisma/client.ts';
import type { Transaction } from '../../../../platform/db/client.ts';
import type { Place } from '../../../../platform/db/pages.ts';
import { isOpenTo } from '../../../identity/api.ts';
import { COVER } from '../event.reads.ts';
import { publicEvent, visibleEvent } from '../visible.reads.ts';
import { ADDRESSES_PER_PAGE, MAX_ADDRESS_PAGES } from './contract.ts';

/** A filter for Prisma that keeps people with an open account; `isOpenTo` says the same in SQL. */
const OPEN_HOST = { status: 'ACTIVE', deletedAt: null, hiddenAt: null, erasedAt: null } as const;

interface Hosted {
  hostId: string;
  when: 'upcoming' | 'past';
  now: Date;
  /** The last one of the page before. */
  after: Place | null;
  limit: number;
}

/** The public events of a host whose account is open. */
export const hostedEvents = (reader: Pick<Transaction, 'event'>, { hostId, when, now, after, limit }: Hosted) => {
  const isPast = when === 'past';
  const order = isPast ? 'desc' : 'asc';
  const beyond = isPast ? 'lt' : 'gt';
  return reader.event.findMany({
    where: {
      hostId,
      host: OPEN_HOST,
      visibility: 'PUBLIC',
      ...visibleEvent.where,
      ...(isPast
        ? { status: { in: ['PUBLISHED', 'ONGOING', 'COMPLETED'] }, endDate: { lte: now } }
        : { status: { in: ['PUBLISHED', 'ONGOING', 'POSTPONED'] }, endDate: { gt: now } }),
      ...(after
        ? { OR: [{ startDate: { [beyond]: after.at } }, { startDate: after.at, id: { [beyond]: after.id } }] }
        : {}),
    },
    include: COVER,
    orderBy: [{ startDate: order }, { id: order }],
    take: limit,
    relationLoadStrategy: 'join',
  });
};

/** Slugs of what anybody may come across, in the order of ids, which is that of making. */
export const publicAddresses = (
  reader: Pick<Transaction, 'event'>,
  { after, limit }: { after: string | undefined; limit: number },
) =>
  reader.event.findMany({
    where: { ...publicEvent.where, host: OPEN_HOST, ...(after === undefined ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, slug: true, updatedAt: true },
  });

/** The last id of each full page of `publicAddresses` behind which more may stand. */
export const addressPageEnds = async (reader: Pick<Transaction, '$queryRaw'>): Promise<string[]> => {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT e.id, row_number() OVER (ORDER BY e.id) AS place
      FROM events AS e JOIN users AS h ON h.id = e.host_id
      WHERE ${Prisma.join([publicEvent.sql('e'), isOpenTo('h', null)], ' AND ')}
    ) AS numbered
    WHERE place % ${ADDRESSES_PER_PAGE} = 0 ORDER BY id LIMIT ${MAX_ADDRESS_PAGES}`;
  return rows.map(({ id }) => id);
};
