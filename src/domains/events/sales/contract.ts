import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { Id } from '../../../kernel/wire.ts';
import { Money } from '../../payments/money/contract.ts';

/** Days with a sale that one answer shows at most, the latest. */
export const MAX_DAYS = 400;
/** Events that one question is about at most. */
const MAX_EVENTS = 100;

const rates = [{ limit: 300, windowSeconds: 60, by: 'actor' }] as const;

export const get = operation({
  name: 'sales.get',
  summary:
    'What an event has sold, and where the money went, for who runs it. Amounts are of the event’s currency: `earned` is what was taken, less what went back or is disputed, less fees and tax. Until a refund has settled, fees and tax of it are counted as kept.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates,
  input: z.object({ eventId: Id }),
  output: z.object({
    /** Tickets that are issued now. */
    tickets: z.int().min(0),
    taken: Money,
    /** Sent back, or on its way. */
    refunded: Money,
    /** Wanted back by payers’ banks: open or lost. */
    disputed: Money,
    /** Of the platform, booking fees included. */
    fees: Money,
    tax: Money,
    earned: Money,
    /** Days of the event’s zone on which something was sold, the earliest first. */
    days: z.array(z.object({ day: z.iso.date(), tickets: z.int(), taken: Money })).max(MAX_DAYS),
  }),
  errors: [],
  http: 'GET /v1/events/{eventId}/sales',
});

export const list = operation({
  name: 'sales.list',
  summary:
    'What guests have paid for each of some events, less what went back. Events that the caller does not run are left out.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates,
  input: z.object({ eventIds: z.array(Id).min(1).max(MAX_EVENTS) }),
  output: z.object({ items: z.array(z.object({ eventId: Id, taken: Money })).max(MAX_EVENTS) }),
  errors: [],
  http: 'GET /v1/sales',
});
