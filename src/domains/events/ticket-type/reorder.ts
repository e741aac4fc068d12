import { invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { holdSubject } from '../event/lock.steps.ts';
import { canSeeEvent } from '../event/policy.ts';
import { orderTicketTypes } from '../event/ticket-types/ticket-type.writes.ts';
import { reorder } from './contract.ts';
import { maySell } from './policy.ts';
import { followTypes } from './tell.steps.ts';

/** Puts the kinds of ticket of an event in order. */
export const reorderTicketTypes = () =>
  commit(reorder, {
    load: ({ eventId }, { tx, actor }) => holdSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: maySell,
    run: async ({ eventId, ticketTypeIds }, { event }, context) => {
      const before = event.ticketTypes.map(({ id }) => id);
      refuseUnlessAll(ticketTypeIds, before);
      await orderTicketTypes(context.tx, eventId, ticketTypeIds);
      await followTypes(event, context);
      context.audit({
        targetType: 'event',
        targetId: eventId,
        before: { order: before },
        after: { order: ticketTypeIds },
      });
      return { ticketTypeIds };
    },
  });

/** @throws INVALID_INPUT unless every ticket type of the event stands there once */
const refuseUnlessAll = (wanted: string[], present: string[]): void => {
  const named = new Set(wanted);
  const isWhole = wanted.length === present.length && present.every((id) => named.has(id));
  if (!isWhole)
    throw invalidField('ticketTypeIds', `must name each of the event’s ${present.length} ticket types once`);
};
