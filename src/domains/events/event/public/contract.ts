import { z } from 'zod';
import { operation } from '../../../../kernel/contract.ts';
import { Id, page, pageInput, pageInputById, Time } from '../../../../kernel/wire.ts';
import { Username } from '../../../identity/profile/contract.ts';
import { EventSummary, Slug } from '../../shapes/contract.ts';

export const listHosted = operation({
  name: 'event.listHosted',
  summary:
    'The public events that somebody hosts: those to come, soonest first, or those that are over, latest first. None of a closed account, nor where a block stands between the host and the caller.',
  access: 'public',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 600, windowSeconds: 60, by: 'address' }],
  input: z.object({
    username: Username,
    /** `upcoming` includes those that run now and those that were postponed. */
    when: z.enum(['upcoming', 'past']).default('upcoming'),
    ...pageInput({ most: 50, usual: 20 }),
  }),
  output: page(EventSummary),
  errors: [],
  http: 'GET /v1/people/{username}/events',
});

/** An id or a slug. */
const EventKey = z
  .string()
  .max(120)
  .regex(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, 'must be an id or a slug');

export const calendar = operation({
  name: 'event.calendar',
  summary: 'An event as a calendar file (RFC 5545), to be kept under the name that is answered with it.',
  access: 'public',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 600, windowSeconds: 60, by: 'address' }],
  input: z.object({ eventId: EventKey }),
  output: z.object({ filename: z.string(), text: z.string() }),
  errors: [],
  http: 'GET /v1/events/{eventId}/calendar',
});

/** Addresses of one page; a sitemap may hold 50,000 (sitemaps.org). */
export const ADDRESSES_PER_PAGE = 5_000;
/** Pages that one index of sitemaps may name (sitemaps.org). */
export const MAX_ADDRESS_PAGES = 50_000;

const Address = z.object({ slug: Slug, updatedAt: Time });

export const listAddresses = operation({
  name: 'event.listAddresses',
  summary:
    'The slugs of all published, public events, in the order in which they were made, for sitemaps. The cursor is an event’s id, which event.listAddressPages gives, too.',
  access: 'public',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 120, windowSeconds: 60, by: 'address' }],
  input: z.object(pageInputById({ most: ADDRESSES_PER_PAGE, usual: ADDRESSES_PER_PAGE })),
  output: page(Address),
  errors: [],
  http: 'GET /v1/event-addresses',
});

export const listAddressPages = operation({
  name: 'event.listAddressPages',
  summary:
    'Where the pages of event.listAddresses begin: the cursor of each after the first one. No page is added once 50,000 are named.',
  access: 'public',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 30, windowSeconds: 60, by: 'address' }],
  input: z.object({}),
  output: z.object({ cursors: z.array(Id).max(MAX_ADDRESS_PAGES) }),
  errors: [],
  http: 'GET /v1/event-address-pages',
});
