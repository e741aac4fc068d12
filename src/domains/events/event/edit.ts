import type { InputOf } from '../../../kernel/contract.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { capacityChanged, eventUpdated, seatsFreed } from '../facts.ts';
import { presentFields, toDate } from '../times.rules.ts';
import { movedWindows, windowsIn } from '../windows.rules.ts';
import { type Committing, reread } from './advance.steps.ts';
import { changesOf } from './changes.rules.ts';
import { checkFields, checkReferences, checkToCome } from './check-fields.steps.ts';
import { edit } from './contract.ts';
import type { EventRow } from './event.reads.ts';
import { updateEvent } from './event.writes.ts';
import { EDITABLE } from './lifecycle.rules.ts';
import { holdSubject } from './lock.steps.ts';
import { type MoveType, moveTypes, moving } from './move-types.steps.ts';
import { isNewDate } from './new-date.steps.ts';
import { canManage, canSeeEvent } from './policy.ts';
import { showEvent } from './present.ts';
import { refreshPrice } from './price.writes.ts';
import { REPORTS } from './reports.rules.ts';
import { slugRefusal } from './slug.rules.ts';

/** Changes what an event says of itself. */
export const editEvent = ({ pictures }: Pictured) =>
  commit(edit, {
    load: ({ eventId }, { tx, actor }) => holdSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: (_actor, { standing }) => canManage(standing),
    run: async ({ eventId, ...input }, subject, context) => {
      refuseUneditable(subject.event);
      const showing = { pictures, now: context.now };
      const { event } = subject;
      const changes = changesOf(withMovedWindows(event, wantedBy(input), context.now), event);
      if (Object.keys(changes).length === 0) return showEvent(context.tx, subject, showing);
      await applyChanges(subject.event, changes, context);
      return showEvent(context.tx, await reread(context.tx, eventId, context.actor), showing);
    },
  });

type EditInput = Omit<InputOf<typeof edit>, 'eventId'>;

/** Fields of an event as its row has them. */
const wantedBy = (input: EditInput) => ({
  ...input,
  startDate: toDate(input.startDate),
  endDate: toDate(input.endDate),
  registrationOpensAt: toDate(input.registrationOpensAt),
  registrationClosesAt: toDate(input.registrationClosesAt),
});
type Wanted = ReturnType<typeof wantedBy>;
export type EventChanges = ReturnType<typeof changesOf<Wanted>>;

/** Where the start moves, registration opens and closes as long before it as it did, unless the input says when. */
const withMovedWindows = (event: EventRow, wanted: Wanted, now: Date): Wanted => {
  const { startDate, timeZone = event.timeZone } = wanted;
  if (startDate === undefined || startDate.getTime() === event.startDate.getTime()) return wanted;
  const moved = movedWindows(windowsIn(event), { from: event.startDate, to: startDate, timeZone, now });
  return { ...wanted, ...moved, ...presentFields(windowsIn(wanted)) };
};

/** @throws CONFLICT for an event that is over, cancelled or put away */
export const refuseUneditable = ({ status, archivedAt }: Pick<EventRow, 'status' | 'archivedAt'>): void => {
  if (EDITABLE.includes(status) && archivedAt === null) return;
  const state = archivedAt === null ? status : 'archived';
  throw new AppError('CONFLICT', `The event is ${state} and can no longer be changed.`);
};

/**
 * Checks, writes, tells and audits a change to an event that the transaction holds. Where the start moves, the windows of
 * its kinds of tickets move with it, on the event's own wall clock unless `moveType` says otherwise.
 * @throws INVALID_INPUT naming the field and the reason; CONFLICT for a slug that is taken
 */
export const applyChanges = async (
  event: EventRow,
  changes: EventChanges,
  { tx, actor, now, record, audit, moveType }: Committing & { moveType?: MoveType },
): Promise<void> => {
  await checkChanges(event, changes, { tx, now });
  await updateEvent(tx, event.id, { ...changes, updatedAt: now });
  const { startDate: to = event.startDate, timeZone = event.timeZone } = changes;
  const move = { from: event.startDate, to, timeZone, now };
  const isMoved = to.getTime() !== event.startDate.getTime();
  const moved = isMoved && (await moveTypes(tx, event, { moveType: moveType ?? moving(move), now }));
  await refreshPrice(tx, event.id);
  const about = { eventId: event.id, hostId: event.hostId };
  const changed = Object.keys(changes);
  const told = moved ? [...changed, 'ticketTypes'] : changed;
  await record(eventUpdated, { ...about, changed: told, updatedBy: actor.userId });
  if (await isNewDate(tx, event, to)) {
    const dates = { startDate: to, endDate: changes.endDate ?? event.endDate };
    await REPORTS.reschedule({ record, event, actorId: actor.userId, now, dates, wasPostponed: false });
  }
  if (changes.maxParticipants !== undefined) await record(capacityChanged, { eventId: event.id });
  if (isRoomier(event.maxParticipants, changes.maxParticipants)) {
    await record(seatsFreed, { eventId: event.id, ticketTypeId: null });
  }
  const before = Object.fromEntries(changed.map((name) => [name, event[name as keyof EventRow]]));
  audit({ targetType: 'event', targetId: event.id, before, after: changes });
};

const checkChanges = async (
  event: EventRow,
  changes: EventChanges,
  { tx, now }: Pick<Committing, 'tx' | 'now'>,
): Promise<void> => {
  if (changes.startDate !== undefined) {
    if (event.status === 'ONGOING') throw invalidField('startDate', 'has passed: the event is going on');
    checkToCome('startDate', changes.startDate, now);
  }
  if (changes.endDate !== undefined) checkToCome('endDate', changes.endDate, now);
  const { maxParticipants } = changes;
  if (maxParticipants != null && maxParticipants > event.held + event.sold) refuseTooFew(event, maxParticipants);
  const refusal = changes.slug === undefined ? null : slugRefusal(changes.slug);
  if (refusal !== null) throw invalidField('slug', refusal);
  checkFields({ ...event, ...changes });
  await checkReferences(tx, event.hostId, changes);
};

/** @throws INVALID_INPUT for fewer seats than are sold together of a kind of ticket; none at all closes the event */
const refuseTooFew = ({ ticketTypes }: EventRow, maxParticipants: number): void => {
  const group = ticketTypes.find(({ status, minPerOrder }) => status === 'ON_SALE' && minPerOrder > maxParticipants);
  if (!group) return;
  throw invalidField(
    'maxParticipants',
    `must be at least ${group.minPerOrder}: so many of ${group.name} are sold together`,
  );
};

/** Whether a capacity grew; absent is unchanged, null is unlimited. */
export const isRoomier = (before: number | null, after: number | null | undefined): boolean => {
  if (after === undefined || before === null) return false;
  return after === null || after > before;
};
