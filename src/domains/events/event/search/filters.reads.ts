import { Prisma } from '../../../../generated/prisma/client.ts';
import type { Transaction } from '../../../../platform/db/client.ts';
import type { Order } from '../../../../platform/db/search/keyset.ts';
import type { EventSearch } from './contract.ts';

/** Of prices without one. */
const USUAL_CURRENCY = 'BDT';

/** As the index `events_earth_idx` has it. */
const EVENT_POINT = Prisma.sql`earth_point(e.latitude, e.longitude)`;

/** What the input narrows the events to, but for the words; nothing of it reads another table than `e`, the events. */
export const filtersOf = (input: EventSearch, { now, isCrowded }: { now: Date; isCrowded: boolean }): Prisma.Sql[] =>
  [
    within(input.from ?? now.toISOString(), input.to),
    input.category && inCategory(input.category),
    input.city && Prisma.sql`immutable_unaccent(lower(e.city)) = immutable_unaccent(lower(${input.city}::text))`,
    nearby(input, isCrowded),
    priced(input),
    input.isFree !== undefined && Prisma.sql`e.is_free = ${input.isFree}`,
    input.mode && Prisma.sql`e.mode = ${input.mode}::event_mode`,
    input.type && Prisma.sql`e.type = ${input.type}::event_type`,
  ].filter((filter) => filter instanceof Prisma.Sql);

/** Finds events that run or begin within a span. No event lasts longer than 366 days: the walk along the starts begins there. */
const within = (from: string, to: string | undefined): Prisma.Sql => {
  const runs = Prisma.sql`e.end_date > ${from}::timestamptz AND e.start_date > ${from}::timestamptz - interval '366 days'`;
  if (to === undefined) return runs;
  const span = Prisma.sql`tstzrange(least(${from}::timestamptz, ${to}::timestamptz), ${to}::timestamptz)`;
  return Prisma.sql`${runs} AND e.start_date < ${to}::timestamptz AND tstzrange(e.start_date, e.end_date) && ${span}`;
};

const inCategory = (slug: string): Prisma.Sql => Prisma.sql`e.category_id = ANY (ARRAY(
  SELECT below.id FROM event_categories AS top
  JOIN event_categories AS below ON below.path = top.path OR starts_with(below.path, top.path || '/')
  WHERE top.slug = ${slug}))`;

const pointOf = ({ latitude, longitude }: EventSearch): Prisma.Sql | null =>
  latitude === undefined || longitude === undefined
    ? null
    : Prisma.sql`earth_point(${latitude}::float8, ${longitude}::float8)`;

/** Metres along the surface from the point of the search; null without one. */
export const metresFrom = (input: EventSearch): Prisma.Sql => {
  const point = pointOf(input);
  return point ? Prisma.sql`earth_metres(${EVENT_POINT}, ${point})` : Prisma.sql`NULL::float8`;
};

const nearby = (input: EventSearch, isCrowded: boolean): Prisma.Sql | null => {
  const { radiusKm, sort } = input;
  if (radiusKm === undefined) return sort === 'distance' ? Prisma.sql`e.latitude IS NOT NULL` : null;
  // The circle is a cube to the index; its corners reach further.
  const near = Prisma.sql`e.latitude IS NOT NULL AND ${metresFrom(input)} <= ${radiusKm * 1_000}::float8`;
  return isCrowded ? near : Prisma.sql`${near} AND ${inCircle(input)}`;
};

const inCircle = ({ latitude, longitude, radiusKm = 0 }: EventSearch): Prisma.Sql =>
  Prisma.sql`${EVENT_POINT} <@ earth_circle(${latitude}::float8, ${longitude}::float8, ${radiusKm * 1_000}::float8)`;

/** So many events in a circle are a crowd. */
const CROWD = 1_000;

/**
 * Whether the circle of a search holds a crowd. PostgreSQL knows nothing of how events lie and takes every circle for
 * nearly empty; in the middle of a city it would fetch a hundred thousand events to sort them by time. Told that a circle is
 * crowded, it walks along the times instead, and soon has a page full. With words, their index narrows the circle anyway.
 */
export const isCrowded = async (reader: Pick<Transaction, '$queryRaw'>, input: EventSearch): Promise<boolean> => {
  const isByTime = input.words === undefined && input.sort !== 'distance';
  if (input.radiusKm === undefined || !isByTime) return false;
  const [row] = await reader.$queryRaw<{ met: number }[]>`
    SELECT count(*)::int AS met FROM (
      SELECT FROM events AS e WHERE e.latitude IS NOT NULL AND e.deleted_at IS NULL AND ${inCircle(input)} LIMIT ${CROWD}
    ) AS near`;
  return (row?.met ?? 0) >= CROWD;
};

/**
 * Amounts of different currencies do not compare; what is altogether free costs nothing in each of them. An event is
 * within two prices when something that can be bought is, and what is not on sale has no price.
 */
const priced = ({ minPriceMinor, maxPriceMinor, currency, sort }: EventSearch): Prisma.Sql | null => {
  const isPriced = minPriceMinor !== undefined || maxPriceMinor !== undefined || sort === 'price';
  if (!isPriced && currency === undefined) return null;
  const inCurrency = Prisma.sql`(e.currency = ${currency ?? USUAL_CURRENCY} OR e.is_free)`;
  const least =
    minPriceMinor === undefined
      ? Prisma.empty
      : Prisma.sql`AND e.is_on_sale AND coalesce(e.highest_price, e.price) >= ${minPriceMinor}::bigint`;
  const most =
    maxPriceMinor === undefined ? Prisma.empty : Prisma.sql`AND e.is_on_sale AND e.price <= ${maxPriceMinor}::bigint`;
  return Prisma.sql`${inCurrency} ${least} ${most}`;
};

/** Relevance ranks within windows of the soonest. */
export const orderOf = (input: EventSearch): Order => {
  const id = { sql: Prisma.sql`e.id`, kind: 'id' } as const;
  const point = pointOf(input);
  if (input.sort === 'newest') return { keys: [id], direction: 'DESC' };
  if (input.sort === 'price') return { keys: [{ sql: Prisma.sql`e.price`, kind: 'integer' }, id], direction: 'ASC' };
  if (input.sort === 'distance' && point) {
    return { keys: [{ sql: Prisma.sql`${EVENT_POINT} <-> ${point}`, kind: 'number' }, id], direction: 'ASC' };
  }
  return { keys: [{ sql: Prisma.sql`e.start_date`, kind: 'time' }, id], direction: 'ASC' };
};
