import type { OutputOf } from '../../../kernel/contract.ts';
import { invalidField } from '../../../kernel/errors.ts';
import type { Committing } from '../event/advance.steps.ts';
import { changesOf } from '../event/changes.rules.ts';
import { isRoomier } from '../event/edit.ts';
import { type EventRow, findEvent, type TicketTypeRow } from '../event/event.reads.ts';
import type { Subject } from '../event/subject.ts';
import { priceMinor } from '../event/ticket-types/check.ts';
import { changeType, type TypeChanges } from '../ticket-type/edit.ts';
import { showToTeam } from '../ticket-type/subject.steps.ts';
import { followTypes } from '../ticket-type/tell.steps.ts';
import { presentFields } from '../times.rules.ts';
import { type PlacedChange, type SeriesChange, type TypeChange, typesAfter } from './change.steps.ts';
import type { edit } from './contract.ts';

export type LeftAlone = OutputOf<typeof edit>['leftAlone'][number];

/** @throws INVALID_INPUT for a kind of ticket that the event has not, or that is named twice */
export const refuseUnknown = (changes: TypeChange[], { ticketTypes }: Pick<EventRow, 'ticketTypes'>): void => {
  const names = new Set(ticketTypes.map(({ name }) => name));
  for (const [place, { name }] of changes.entries()) {
    if (!names.delete(name))
      throw invalidField(`ticketTypes.${place}.name`, 'is no ticket type of the event, or twice');
  }
};

interface Retyping extends Pick<Subject, 'standing'>, SeriesChange {}

/**
 * Changes kinds of tickets of one event. Of a kind that somebody has claimed or bought only the capacity grows.
 * @returns what was left alone
 * @throws INVALID_INPUT naming the field; CONFLICT for a name that is taken
 */
export const editTypes = async (
  eventId: string,
  { standing, ...editing }: Retyping,
  context: Committing,
): Promise<LeftAlone[]> => {
  if (editing.types.length === 0) return [];
  const { tx, audit } = context;
  const event = await findEvent(tx, eventId);
  if (!event) return [];
  const { maxParticipants: eventCapacity } = event;
  const done = typesAfter(editing, event).map((change) => decide(event, change));
  const written = done.flatMap(({ type, taken }) => (type && Object.keys(taken).length > 0 ? [{ type, taken }] : []));
  for (const { type, taken } of written) await changeType(type, taken, { ...context, eventCapacity });
  if (written.length > 0) await followTypes(event, context);
  const after = written.length > 0 ? await findEvent(tx, eventId) : null;
  for (const { id } of written.map(({ type }) => type)) {
    const before = await showToTeam(context, { event, standing }, id);
    const shown = after && (await showToTeam(context, { event: after, standing }, id));
    audit({ targetType: 'ticketType', targetId: id, before, after: shown });
  }
  return done.flatMap(({ left }) => left ?? []);
};

interface Decision {
  type: TicketTypeRow | null;
  taken: TypeChanges;
  left: LeftAlone | null;
}

/** What of a change an event can take. */
const decide = (event: EventRow, { name, newName, ...change }: PlacedChange): Decision => {
  const type = event.ticketTypes.find((each) => each.name === name);
  const about = { eventId: event.id, ticketType: name };
  if (!type) {
    return { type: null, taken: {}, left: { ...about, reason: 'MISSING', fields: fieldsOf({ newName, ...change }) } };
  }
  const { price, ...others } = change;
  const priced = price === undefined ? {} : { price: priceMinor(price, event.currency, 'price') };
  const wanted = changesOf(presentFields({ ...others, ...priced, name: newName }), type);
  if (type.held + type.sold === 0) return { type, taken: wanted, left: null };
  const { capacity, ...rest } = wanted;
  const grows = isRoomier(type.capacity, capacity);
  const fields = fieldsOf({ ...rest, ...(grows ? {} : { capacity }) });
  const left = fields.length > 0 ? { ...about, reason: 'SOLD' as const, fields } : null;
  return { type, taken: grows && capacity !== undefined ? { capacity } : {}, left };
};

const FIELDS = ['newName', 'price', 'capacity', 'salesStartAt', 'salesEndAt'] as const;

/** Which fields of the input are there; a row calls its new name `name`. */
const fieldsOf = (change: object): LeftAlone['fields'] => {
  const present = presentFields(change);
  return FIELDS.filter((field) => field in present || (field === 'newName' && 'name' in present));
};
