import { z } from 'zod';
import { CheckInMode } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { line } from '../../../kernel/texts.ts';
import { Id, Time } from '../../../kernel/wire.ts';

/** Lists of one event at most. */
export const MAX_LISTS = 50;
const MAX_TYPES = 50;

/** A list says which tickets a kind of door lets in, and when. */
export const CheckInList = z
  .object({
    id: Id,
    eventId: Id,
    name: z.string(),
    /** It is meant where a scan names no list. */
    isDefault: z.boolean(),
    /** Empty lets every type in. */
    ticketTypeIds: z.array(Id),
    mode: z.enum(CheckInMode),
    allowReentry: z.boolean(),
    /** Lets people in whose booking is not paid yet. */
    allowUnpaid: z.boolean(),
    /** A code is good only together with the half minute's proof from the guest's app. */
    requireProof: z.boolean(),
    opensAt: Time.nullable(),
    closesAt: Time.nullable(),
    /** Rises with every change of the rules. */
    rulesEpoch: z.int(),
  })
  .meta({ id: 'CheckInList' });

const rules = {
  name: line(80),
  ticketTypeIds: z.array(Id).max(MAX_TYPES),
  mode: z.enum(CheckInMode),
  allowReentry: z.boolean(),
  allowUnpaid: z.boolean(),
  requireProof: z.boolean(),
  opensAt: Instant.nullable(),
  closesAt: Instant.nullable(),
};

const common = { access: 'user', errors: ['CONFLICT'], scopes: ['EVENTS_WRITE'] } as const;
const committed = { ...common, durability: 'committed', output: CheckInList } as const;
const rates = [{ limit: 60, windowSeconds: 60, by: 'actor' }] as const;
const ofEvent = z.object({ eventId: Id });
const ofList = ofEvent.extend({ listId: Id });

export const create = operation({
  ...committed,
  name: 'checkInList.create',
  summary:
    'Add a list of who is let in at a kind of door, by who runs the event. CONFLICT for a name that the event has already, and beyond 50 lists.',
  rates,
  input: ofEvent.extend({
    name: rules.name,
    ticketTypeIds: rules.ticketTypeIds.default([]),
    mode: rules.mode.default('ENTRY_ONLY'),
    allowReentry: rules.allowReentry.default(false),
    allowUnpaid: rules.allowUnpaid.default(false),
    requireProof: rules.requireProof.default(false),
    opensAt: rules.opensAt.default(null),
    closesAt: rules.closesAt.default(null),
  }),
  http: 'POST /v1/events/{eventId}/check-in-lists',
});

export const edit = operation({
  ...committed,
  name: 'checkInList.edit',
  summary:
    'Change a list; fields that are absent stay. Devices hear of it at once. CONFLICT for taking re-entry away where somebody came in twice by it: make another list.',
  rates,
  input: ofList.extend(z.object(rules).partial().shape),
  http: 'PATCH /v1/events/{eventId}/check-in-lists/{listId}',
});

export const remove = operation({
  ...committed,
  name: 'checkInList.delete',
  summary: 'Take a list away. CONFLICT for the one that is meant by default, and for one that was scanned by.',
  rates,
  input: ofList,
  output: z.object({ listId: Id }),
  http: 'DELETE /v1/events/{eventId}/check-in-lists/{listId}',
});

export const list = operation({
  name: 'checkInList.list',
  summary: 'The lists of an event, the default one first, for its team.',
  access: 'user',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: ofEvent,
  output: z.object({ items: z.array(CheckInList) }),
  errors: [],
  http: 'GET /v1/events/{eventId}/check-in-lists',
});
