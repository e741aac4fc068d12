import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { canSeeEvent } from '../event/policy.ts';
import { isTouched } from '../event/ticket-types/ticket-type.reads.ts';
import { deleteTicketType } from '../event/ticket-types/ticket-type.writes.ts';
import { remove } from './contract.ts';
import { maySell } from './policy.ts';
import { holdType, refuseLast, refuseOver, showToTeam } from './subject.steps.ts';
import { followTypes } from './tell.steps.ts';

/** Removes a kind of ticket that nobody ever claimed. */
export const removeTicketType = () =>
  commit(remove, {
    load: (address, { tx, actor }) => holdType(tx, address, actor),
    sees: canSeeEvent,
    allow: maySell,
    run: async ({ ticketTypeId }, subject, context) => {
      const { tx, audit } = context;
      refuseOver(subject.event);
      refuseLast(subject);
      // Seats are claimed under the event's row, which this transaction holds: nobody claims in between.
      if ((await isTouched(tx, ticketTypeId)) || !(await deleteTicketType(tx, ticketTypeId))) {
        throw new AppError('CONFLICT', 'Somebody has claimed this ticket type: set its status to CLOSED instead.');
      }
      await followTypes(subject.event, context);
      const before = await showToTeam(context, subject, ticketTypeId);
      audit({ targetType: 'ticketType', targetId: ticketTypeId, before });
      return { ticketTypeId };
    },
  });
