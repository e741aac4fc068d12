import type { InputOf, OutputOf } from '../../../kernel/contract.ts';
import type { Committing } from '../event/advance.ts';
import { changesOf } from '../event/changes.ts';
import { isRoomier } from '../event/edit.ts';
import { type EventRow, findEvent, type TicketTypeRow } from '../event/event.reads.ts';
import { lockEvent } from '../event/event.writes.ts';
import type { Subject } from '../event/subject.ts';
import { invalidField } from '../invalid-field.ts';
import { changeType, type TypeChanges, wantedBy } from '../ticket-type/edit.ts';
import { showToTeam } from '../ticket-type/subject.ts';
import { followTypes } from '../ticket-type/tell.ts';
import { presentFields } from '../times.ts';
import type { edit } from './contract.ts';
import { moveInstants, type Template } from './template.ts';

type TypeChange = NonNullable<InputOf<typeof edit>['ticketTypes']>[number];
export type LeftAlone = OutputOf<typeof edit>['leftAlone'][number];

/** @throws INVALID_INPUT for a kind of ticket that the event has not, or that is named twice */
export const refuseUnknown = (changes: TypeChange[], { ticketTypes }: Pick<EventRow, 'ticketTypes'>): void => {
  const names = new Set(ticketTypes.map(({ name }) => name));
  for (const [place, { name }] of changes.entries()) {
    if (!names.delete(name))
      throw invalidField(`ticketTypes.${place}.name`, 'is no ticket type of the event, or twice');
  }
};

interface Retyping extends Pick<Subject, 'standing'> {
  changes: TypeChange[];
  /** The event where the change begins: sale windows are given for it. */
  first: Pick<EventRow, 'startDate'>;
}

/**
 * Changes kinds of tickets of one event. Of a kind that somebody has claimed or bought only the capacity grows.
 * @returns what was left alone
 * @throws INVALID_INPUT naming the field; CONFLICT for a name that is taken
 */
export const editTypes = async (
  eventId: string,
  { changes, first, standing }: Retyping,
  context: Committing,
): Promise<LeftAlone[]> => {
  if (changes.length === 0) return [];
  const { tx, audit } = context;
  await lockEvent(tx, eventId);
  const event = await findEvent(tx, eventId);
  if (!event) return [];
  const byMs = event.startDate.getTime() - first.startDate.getTime();
  const done = changes.map((change) => decide(event, moveInstants(change, byMs)));
  const written = done.flatMap(({ type, taken }) => (type && Object.keys(taken).length > 0 ? [{ type, taken }] : []));
  for (const { type, taken } of written) await changeType(type, taken, context);
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
const decide = (event: EventRow, { name, newName, ...change }: TypeChange): Decision => {
  const type = event.ticketTypes.find((each) => each.name === name);
  const about = { eventId: event.id, ticketType: name };
  if (!type) {
    return { type: null, taken: {}, left: { ...about, reason: 'MISSING', fields: fieldsOf({ newName, ...change }) } };
  }
  const wanted = changesOf(wantedBy({ ...change, name: newName }, event.currency), type);
  if (type.held + type.sold === 0) return { type, taken: wanted, left: null };
  const { capacity, ...others } = wanted;
  const grows = isRoomier(type.capacity, capacity);
  const fields = fieldsOf({ ...others, ...(grows ? {} : { capacity }) });
  const left = fields.length > 0 ? { ...about, reason: 'SOLD' as const, fields } : null;
  return { type, taken: grows && capacity !== undefined ? { capacity } : {}, left };
};

const FIELDS = ['newName', 'price', 'capacity', 'salesStartAt', 'salesEndAt'] as const;

/** Which fields of the input are there; a row calls its new name `name`. */
const fieldsOf = (change: object): LeftAlone['fields'] => {
  const present = presentFields(change);
  return FIELDS.filter((field) => field in present || (field === 'newName' && 'name' in present));
};

/** What the events to come are made from, after the change; their sale windows move with each start. */
export const retellTypes = (template: Template, changes: TypeChange[], startsAt: Date): Template => {
  const byMs = Date.parse(template.event.startDate) - startsAt.getTime();
  const ticketTypes = template.event.ticketTypes?.map((type) => {
    const change = changes.find(({ name }) => name === type.name);
    if (!change) return type;
    const { name, newName = name, ...fields } = moveInstants(change, byMs);
    return { ...type, ...presentFields(fields), name: newName };
  });
  return ticketTypes ? { ...template, event: { ...template.event, ticketTypes } } : template;
};
