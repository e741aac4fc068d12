import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createTicketType } from './create.ts';
import { removeTicketType } from './delete.ts';
import { editTicketType } from './edit.ts';
import { listTicketTypes } from './list.ts';
import { reorderTicketTypes } from './reorder.ts';

/** The kinds of tickets of an event. */
export const ticketTypeTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [createTicketType(), editTicketType(), removeTicketType(), reorderTicketTypes(), listTicketTypes(deps)],
});
