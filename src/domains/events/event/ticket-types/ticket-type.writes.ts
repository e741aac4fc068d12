import type { Prisma } from '../../../../generated/prisma/client.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Transaction } from '../../../../platform/db/client.ts';
import { violatedConstraint } from '../../../../platform/db/failures.ts';

const refusingTakenName = async (write: () => Promise<unknown>): Promise<void> => {
  try {
    await write();
  } catch (error) {
    if (violatedConstraint(error) !== 'ticket_types_event_id_name_key') throw error;
    throw new AppError('CONFLICT', 'name: is taken by another ticket type of this event.', {
      issues: [{ path: 'name', message: 'is taken by another ticket type of this event' }],
    });
  }
};

/** @throws CONFLICT when the event has a ticket type of a name */
export const insertTicketTypes = (tx: Transaction, data: Prisma.TicketTypeCreateManyInput[]): Promise<void> =>
  refusingTakenName(() => tx.ticketType.createMany({ data }));

/** @throws CONFLICT when the event has another ticket type of the name */
export const updateTicketType = (
  tx: Transaction,
  ticketTypeId: string,
  data: Prisma.TicketTypeUncheckedUpdateInput,
): Promise<void> =>
  refusingTakenName(() => tx.ticketType.update({ where: { id: ticketTypeId }, data, select: { id: true } }));

/** Deletes a ticket type without claims. @returns false when seats of it are claimed at this moment */
export const deleteTicketType = async (tx: Transaction, ticketTypeId: string): Promise<boolean> => {
  const { count } = await tx.ticketType.deleteMany({ where: { id: ticketTypeId, held: 0, sold: 0 } });
  return count === 1;
};

/** Puts ticket types in the order of the ids. */
export const orderTicketTypes = async (tx: Transaction, eventId: string, ticketTypeIds: string[]): Promise<void> => {
  const list = `{${ticketTypeIds.join(',')}}`;
  await tx.$executeRaw`
    UPDATE ticket_types AS t SET sort_order = o.place - 1, updated_at = now()
    FROM unnest(${list}::uuid[]) WITH ORDINALITY AS o (id, place)
    WHERE t.id = o.id AND t.event_id = ${eventId}::uuid`;
};
