import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { getTicketCalendar } from './calendar.ts';
import { listHeldTickets } from './list.ts';
import { getProof } from './proof.ts';
import { regenerateTicket } from './regenerate.ts';
import { transferTicket } from './transfer.ts';

/** Tickets in the hands of guests. */
export const ticketTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    transferTicket(deps),
    regenerateTicket(),
    getProof(deps),
    getTicketCalendar(deps),
    listHeldTickets(deps),
  ],
});
