import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { EventRow, TicketTypeRow } from '../event/event.reads.ts';
import { holdSubject } from '../event/lock.steps.ts';
import type { Subject } from '../event/subject.ts';
import { showTicketType, taxesOf } from '../event/ticket-types/present.ts';
import type { TicketTypeView } from '../shapes/contract.ts';

/** One ticket type of an event that the transaction holds. */
export interface TypeSubject extends Subject {
  type: TicketTypeRow;
}

interface Address {
  eventId: string;
  ticketTypeId: string;
}

/** The ticket type within the event it was named with, or null. */
export const holdType = async (
  tx: Transaction,
  { eventId, ticketTypeId }: Address,
  actor: Actor,
): Promise<TypeSubject | null> => {
  const subject = await holdSubject(tx, eventId, actor);
  const type = subject?.event.ticketTypes.find(({ id }) => id === ticketTypeId);
  return subject && type ? { ...subject, type } : null;
};

/** A ticket type as the team sees it. */
export const showToTeam = async (
  { tx, now }: { tx: Pick<Transaction, 'taxRate'>; now: Date },
  { event, standing }: Subject,
  ticketTypeId: string,
): Promise<TicketTypeView> => {
  const type = event.ticketTypes.find(({ id }) => id === ticketTypeId);
  if (!type) throw new Error(`ticket type ${ticketTypeId} was written and is not there`);
  const taxes = await taxesOf(tx, [type], now);
  return showTicketType(type, event, { standing, hasCode: true, awaited: new Set(), taxes });
};

/** @throws CONFLICT for the last kind of ticket of an event that was announced: nobody could book it then */
export const refuseLast = ({ event: { status, ticketTypes }, type }: TypeSubject): void => {
  const isAnnounced = status !== 'DRAFT' && status !== 'PENDING_REVIEW';
  const isLast = !ticketTypes.some((other) => other.id !== type.id && other.status !== 'DRAFT');
  if (isAnnounced && isLast && type.status !== 'DRAFT')
    throw new AppError(
      'CONFLICT',
      'The event is published and has no other ticket type: set its status to CLOSED instead.',
    );
};

/** @throws CONFLICT for an event that sells nothing any more */
export const refuseOver = ({ status, archivedAt }: Pick<EventRow, 'status' | 'archivedAt'>): void => {
  const isOver = status === 'COMPLETED' || status === 'CANCELLED' || archivedAt !== null;
  if (isOver)
    throw new AppError('CONFLICT', `The event is ${archivedAt ? 'archived' : status}: nothing is sold any more.`);
};
