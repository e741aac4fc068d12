import type { Prisma } from '../../../generated/prisma/client.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { violatedConstraint } from '../../../platform/db/failures.ts';
import { newId } from '../../../platform/ids.ts';

/** The default list's name; the host may give it another. */
const DEFAULT_NAME = 'Entrance';

/** Makes the list that is meant when a scan names none, unless the event has one. */
export const ensureDefaultList = async (tx: Transaction, eventId: string): Promise<void> => {
  await tx.$executeRaw`
    INSERT INTO check_in_lists (id, event_id, name, is_default, updated_at)
    VALUES (${newId()}::uuid, ${eventId}::uuid, ${DEFAULT_NAME}, true, now()) ON CONFLICT DO NOTHING`;
};

/** @throws CONFLICT when the event has a list of this name */
export const insertList = (tx: Transaction, data: Prisma.CheckInListUncheckedCreateInput) =>
  refusingTakenName(() => tx.checkInList.create({ data }));

/** Changes a list's rules, and makes its version the next one. @throws CONFLICT when the event has a list of this name */
export const updateList = (tx: Transaction, id: string, data: Prisma.CheckInListUncheckedUpdateInput) =>
  refusingTakenName(() => tx.checkInList.update({ where: { id }, data: { ...data, rulesEpoch: { increment: 1 } } }));

export const deleteList = async (tx: Transaction, id: string): Promise<void> => {
  await tx.admissionState.deleteMany({ where: { listId: id } });
  await tx.checkInList.delete({ where: { id } });
};

/** Keeps others from changing the list, and from scanning by it, until the transaction ends. */
export const lockList = async (tx: Transaction, id: string): Promise<void> => {
  await tx.$executeRaw`SELECT 1 FROM check_in_lists WHERE id = ${id}::uuid FOR UPDATE`;
};

const refusingTakenName = async <Row>(write: () => Promise<Row>): Promise<Row> => {
  try {
    return await write();
  } catch (error) {
    if (violatedConstraint(error) !== 'check_in_lists_event_id_name_key') throw error;
    throw new AppError('CONFLICT', 'name: the event has a list of this name.');
  }
};
