import type { Committing } from '../event/advance.steps.ts';
import type { EventRow } from '../event/event.reads.ts';
import { refreshPrice } from '../event/price.writes.ts';
import { capacityChanged, eventUpdated } from '../facts.ts';

/** What every change of ticket types brings: the event’s price follows, and who looks at the event hears of it. */
export const followTypes = async (
  { id: eventId, hostId }: Pick<EventRow, 'id' | 'hostId'>,
  { tx, actor, record }: Pick<Committing, 'tx' | 'actor' | 'record'>,
): Promise<void> => {
  await refreshPrice(tx, eventId);
  await record(eventUpdated, { eventId, hostId, changed: ['ticketTypes'], updatedBy: actor.userId });
  await record(capacityChanged, { eventId });
};
