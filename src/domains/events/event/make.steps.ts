import type { z } from 'zod';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { presentFields, toDate } from '../times.rules.ts';
import { checkFields, checkReferences } from './check-fields.steps.ts';
import { insertEvent } from './event.writes.ts';
import type { NewEvent } from './fields/contract.ts';
import { refreshPrice } from './price.writes.ts';
import { slugRefusal, uniqueSlug } from './slug.rules.ts';
import { draftTicketType } from './ticket-types/draft.steps.ts';
import { insertTicketTypes } from './ticket-types/ticket-type.writes.ts';

export type EventInput = z.output<typeof NewEvent>;

const DEFAULT_CURRENCY = 'BDT';
/** Name of the one kind of ticket of an event that names none. */
export const GENERAL = 'General admission';

export interface Making {
  id: string;
  hostId: string;
  now: Date;
  /** Set for an event of a series: the instant its rule gave. */
  occurrence?: { seriesId: string; occurrenceAt: Date };
}

/**
 * Writes a new draft with its ticket types.
 * @throws INVALID_INPUT naming the field and the reason; CONFLICT for a slug or a ticket type’s name that is taken
 */
export const makeEvent = async (tx: Transaction, input: EventInput, making: Making): Promise<void> => {
  const { id, hostId, now, occurrence } = making;
  const { slug, currency, dates, types } = await draftEvent(tx, input, { id, hostId, now });
  const { price: _price, isFree: _isFree, ticketTypes: _types, status: _status, ...fields } = input;
  const described = { ...presentFields(fields), title: input.title, description: input.description };
  const stamps = { createdAt: now, updatedAt: now };
  await insertEvent(tx, { ...described, ...dates, ...occurrence, ...stamps, id, hostId, slug, currency });
  if (types.length > 0) await insertTicketTypes(tx, types);
  await refreshPrice(tx, id);
};

/**
 * Checks an event that is made later by everything that making it would check, and writes nothing.
 * @throws INVALID_INPUT naming the field and the reason; CONFLICT for two ticket types of one name
 */
export const checkEvent = async (
  tx: Transaction,
  input: EventInput,
  { hostId, now }: Pick<Making, 'hostId' | 'now'>,
): Promise<void> => {
  const { types } = await draftEvent(tx, input, { id: newId(), hostId, now });
  const names = types.map(({ name }) => name);
  if (new Set(names).size < names.length) throw new AppError('CONFLICT', 'Two ticket types have the same name.');
};

/** @throws INVALID_INPUT naming the field and the reason */
const draftEvent = async (
  tx: Transaction,
  input: EventInput,
  { id, hostId, now }: Pick<Making, 'id' | 'hostId' | 'now'>,
) => {
  const currency = input.currency ?? DEFAULT_CURRENCY;
  const dates = datesOf(input);
  checkFields({ ...ruledDefaults, ...presentFields(input), ...dates });
  await checkReferences(tx, hostId, { ...input, currency });
  const types = await draftTicketTypes(tx, input, { eventId: id, currency, now });
  return { slug: chosenSlug(input, id), currency, dates, types };
};

const ruledDefaults = { minParticipants: 1, maxParticipants: null, latitude: null, longitude: null };

const datesOf = (input: EventInput) => ({
  startDate: new Date(input.startDate),
  endDate: new Date(input.endDate),
  registrationOpensAt: toDate(input.registrationOpensAt) ?? null,
  registrationClosesAt: toDate(input.registrationClosesAt) ?? null,
});

const chosenSlug = ({ slug, title }: EventInput, id: string): string => {
  if (slug === undefined) return uniqueSlug(title, id);
  const refusal = slugRefusal(slug);
  if (refusal !== null) throw invalidField('slug', refusal);
  return slug;
};

const draftTicketTypes = async (
  tx: Transaction,
  input: EventInput,
  { eventId, currency, now }: { eventId: string; currency: string; now: Date },
) => {
  const { price = 0, maxParticipants: capacity = null } = input;
  const wanted = input.ticketTypes ?? [{ name: GENERAL, price, capacity }];
  const eventCapacity = input.maxParticipants ?? null;
  const drafts = [];
  for (const [sortOrder, type] of wanted.entries()) {
    const prefix = input.ticketTypes ? `ticketTypes.${sortOrder}.` : '';
    drafts.push(await draftTicketType(tx, type, { eventId, currency, sortOrder, eventCapacity, prefix, now }));
  }
  if (input.isFree && drafts.some((draft) => draft.price > 0n)) {
    throw invalidField('isFree', 'is true, but there is a ticket with a price');
  }
  return drafts;
};
