import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { reread } from '../event/advance.steps.ts';
import { holdSubject } from '../event/lock.steps.ts';
import { canSeeEvent } from '../event/policy.ts';
import { MAX_TICKET_TYPES } from '../event/ticket-types/contract.ts';
import { draftTicketType } from '../event/ticket-types/draft.steps.ts';
import { insertTicketTypes } from '../event/ticket-types/ticket-type.writes.ts';
import { create } from './contract.ts';
import { maySell } from './policy.ts';
import { refuseOver, showToTeam } from './subject.steps.ts';
import { followTypes } from './tell.steps.ts';

/** Adds a kind of ticket. */
export const createTicketType = () =>
  commit(create, {
    load: ({ eventId }, { tx, actor }) => holdSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: maySell,
    run: async ({ eventId, ...input }, { event }, context) => {
      const { tx, actor, audit, now } = context;
      refuseOver(event);
      if (event.ticketTypes.length >= MAX_TICKET_TYPES) {
        throw new AppError('CONFLICT', `An event has ${MAX_TICKET_TYPES} ticket types at most.`);
      }
      const sortOrder = 1 + Math.max(-1, ...event.ticketTypes.map((type) => type.sortOrder));
      const { currency, maxParticipants: eventCapacity } = event;
      const options = { eventId, currency, sortOrder, eventCapacity, prefix: '', now };
      const draft = await draftTicketType(tx, input, options);
      await insertTicketTypes(tx, [draft]);
      await followTypes(event, context);
      const view = await showToTeam(context, await reread(tx, eventId, actor), draft.id);
      audit({ targetType: 'ticketType', targetId: draft.id, after: view });
      return view;
    },
  });
