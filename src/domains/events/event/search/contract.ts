import { z } from 'zod';
import { EventMode, EventType } from '../../../../generated/prisma/enums.ts';
import { operation } from '../../../../kernel/contract.ts';
import { Instant } from '../../../../kernel/instants.ts';
import { line } from '../../../../kernel/texts.ts';
import { page, pageInput } from '../../../../kernel/wire.ts';
import { Matched, Words } from '../../../../platform/db/search/contract.ts';
import { AmountMinor, CurrencyCode } from '../../../payments/money/contract.ts';
import { CategoryRef, EventPerson, EventSummary, Slug } from '../../shapes/contract.ts';

const PriceMinor = AmountMinor.min(0);

/** `relevance` is the default with words, `soonest` without. `distance` needs a point. */
export const EventSort = z.enum(['relevance', 'soonest', 'newest', 'price', 'distance']);

const EventSearch = z.object({
  words: Words.optional(),
  /** Slug of a category; what lies below it is found too. */
  category: Slug.optional(),
  /** In any case, with or without accents. */
  city: line(100).optional(),
  /** Degrees north. */
  latitude: z.number().min(-90).max(90).optional(),
  /** Degrees east. */
  longitude: z.number().min(-180).max(180).optional(),
  radiusKm: z.number().min(0.1).max(500).optional(),
  /** Running or starting at or after; now, unless said otherwise. */
  from: Instant.optional(),
  /** Running or starting before. */
  to: Instant.optional(),
  minPriceMinor: PriceMinor.optional(),
  maxPriceMinor: PriceMinor.optional(),
  /**
   * Of the prices; events that are altogether free are in every currency. Prices matter within one currency only: where
   * they do and none is given, it is BDT.
   */
  currency: CurrencyCode.optional(),
  isFree: z.boolean().optional(),
  mode: z.enum(EventMode).optional(),
  type: z.enum(EventType).optional(),
  sort: EventSort.optional(),
  ...pageInput({ most: 50, usual: 20 }),
});
export type EventSearch = z.infer<typeof EventSearch>;

/** Fields that say nothing without others, or contradict them. */
const contradictions = (input: EventSearch): [field: keyof EventSearch, message: string][] => {
  const { latitude, longitude, radiusKm, sort, from, to, minPriceMinor = 0, maxPriceMinor = minPriceMinor } = input;
  const isPlaced = [latitude, longitude, radiusKm].some((value) => value !== undefined) || sort === 'distance';
  const isBackwards = from !== undefined && to !== undefined && Date.parse(to) <= Date.parse(from);
  return [
    ...(isPlaced && latitude === undefined ? [['latitude', 'is given together with longitude'] as const] : []),
    ...(isPlaced && longitude === undefined ? [['longitude', 'is given together with latitude'] as const] : []),
    ...(isBackwards ? [['to', 'must be later than from'] as const] : []),
    ...(maxPriceMinor < minPriceMinor ? [['maxPriceMinor', 'must not be below minPriceMinor'] as const] : []),
  ].map(([field, message]) => [field, message]);
};

/** An event as a search shows it. */
export const FoundEvent = EventSummary.extend({
  host: EventPerson.nullable(),
  category: CategoryRef.nullable(),
  /** Degrees, WGS 84. */
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  /** From the point of the search, along the surface; null where either has none. */
  distanceKm: z.number().nullable(),
}).meta({ id: 'FoundEvent' });
export type FoundEvent = z.infer<typeof FoundEvent>;

export const search = operation({
  name: 'event.search',
  summary:
    'Published, public events, those that run included, by words, category, place, time and price. Words count most in the title, then summary and tags, place, description. Relevance ranks the matches in windows of 1,000, the soonest first.',
  access: 'public',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 240, windowSeconds: 60, by: 'address' }],
  input: EventSearch.superRefine((input, context) => {
    for (const [field, message] of contradictions(input)) context.addIssue({ code: 'custom', path: [field], message });
  }),
  output: page(FoundEvent).extend({ matched: Matched }),
  errors: [],
  http: 'GET /v1/events',
});
