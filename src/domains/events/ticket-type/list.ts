import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { isValidCode } from '../event/event.reads.ts';
import { canSeeEvent } from '../event/policy.ts';
import { findSubject } from '../event/subject.ts';
import { isShown, showTicketType, taxesOf } from '../event/ticket-types/present.ts';
import { awaitedTypes } from '../inventory/awaited.reads.ts';
import { list } from './contract.ts';

/** The kinds of ticket of an event that the caller may see. */
export const listTicketTypes = ({ database }: { database: Database }) =>
  handle(list, {
    load: ({ eventId }, { actor }) => findSubject(database, eventId, actor),
    sees: canSeeEvent,
    allow: anyone,
    run: async ({ promoCode: code }, { event, standing }, { now }) => {
      const hasCode = code !== undefined && (await isValidCode(database, event, { code, now }));
      const taxes = await taxesOf(database, event.ticketTypes, now);
      const onlooker = { standing, hasCode, taxes, awaited: await awaitedTypes(database, event.id) };
      const shown = event.ticketTypes.filter((type) => isShown(type, onlooker));
      return { items: shown.map((type) => showTicketType(type, event, onlooker)) };
    },
  });
