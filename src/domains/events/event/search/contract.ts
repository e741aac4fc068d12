import { z } from 'zod';
import { EventMode, EventType } from '../../../../generated/prisma/enums.ts';
import { operation } from '../../../../kernel/contract.ts';
import { Matched, PageSize, SearchCursor, Words } from '../../../../platform/db/search/contract.ts';
import { PublicProfile } from '../../../identity/profile/contract.ts';
import { AmountMinor, CurrencyCode, Money } from '../../../payments/money/contract.ts';

const Place = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Surrogate}]*$/u, 'may not hold control characters');
const PriceMinor = AmountMinor.min(0);

/** `relevance` is the default with words, `soonest` without. `distance` needs a point. */
export const EventSort = z.enum(['relevance', 'soonest', 'newest', 'price', 'distance']);

const EventSearch = z.object({
  words: Words.optional(),
  /** Slug of a category; what lies below it is found too. */
  category: z
    .string()
    .max(100)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a slug')
    .optional(),
  /** In any case, with or without accents. */
  city: Place.optional(),
  /** Degrees north. */
  latitude: z.number().min(-90).max(90).optional(),
  /** Degrees east. */
  longitude: z.number().min(-180).max(180).optional(),
  radiusKm: z.number().min(0.1).max(500).optional(),
  /** Starting at or after; now, unless said otherwise. */
  from: z.iso.datetime().optional(),
  /** Starting before. */
  to: z.iso.datetime().optional(),
  minPriceMinor: PriceMinor.optional(),
  maxPriceMinor: PriceMinor.optional(),
  /** Of the prices; events that cost nothing are in every currency. BDT where prices matter and none is given. */
  currency: CurrencyCode.optional(),
  isFree: z.boolean().optional(),
  mode: z.enum(EventMode).optional(),
  type: z.enum(EventType).optional(),
  sort: EventSort.optional(),
  cursor: SearchCursor.optional(),
  limit: PageSize,
});
export type EventSearch = z.infer<typeof EventSearch>;

const POINT = ['latitude', 'longitude'] as const;

/** Fields that say nothing without others. */
const refuseHalves = (input: EventSearch, { addIssue }: { addIssue: (issue: object) => void }): void => {
  const refuse = (path: keyof EventSearch, message: string): void =>
    addIssue({ code: 'custom', path: [path], message, input: input[path] });
  const isPlaced = input.latitude !== undefined || input.longitude !== undefined;
  const needsPoint = isPlaced || input.radiusKm !== undefined || input.sort === 'distance';
  for (const field of POINT) {
    if (needsPoint && input[field] === undefined) refuse(field, 'latitude and longitude are given together');
  }
  if (input.from !== undefined && input.to !== undefined && Date.parse(input.to) <= Date.parse(input.from)) {
    refuse('to', 'must be later than from');
  }
  const { minPriceMinor = 0, maxPriceMinor = minPriceMinor } = input;
  if (maxPriceMinor < minPriceMinor) refuse('maxPriceMinor', 'must not be below minPriceMinor');
};

/** An event as lists show it. */
export const EventCard = z
  .object({
    id: z.uuid(),
    title: z.string(),
    slug: z.string(),
    summary: z.string().nullable(),
    type: z.enum(EventType),
    mode: z.enum(EventMode),
    category: z.object({ slug: z.string(), name: z.string() }).nullable(),
    /** Null where the host has closed the account. */
    host: PublicProfile.nullable(),
    startDate: z.iso.datetime(),
    endDate: z.iso.datetime(),
    /** IANA zone of the place. */
    timeZone: z.string(),
    venue: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    isFree: z.boolean(),
    /** The lowest price. */
    price: Money,
    currentParticipants: z.int(),
    /** Null is unlimited. */
    maxParticipants: z.int().nullable(),
    /** From the point of the search, along the surface; null where either has none. */
    distanceKm: z.number().nullable(),
  })
  .meta({ id: 'EventCard' });

export const search = operation({
  name: 'event.search',
  summary:
    'Published, public events by words, category, place, time and price. Words count most in the title, then summary and tags, place, description. Relevance ranks the matches in windows of 1,000, the soonest first.',
  access: 'public',
  durability: 'read',
  rates: [{ limit: 240, windowSeconds: 60, by: 'address' }],
  input: EventSearch.superRefine(refuseHalves),
  output: z.object({ items: z.array(EventCard), nextCursor: z.string().nullable(), matched: Matched }),
  errors: [],
  http: 'GET /v1/events',
});
