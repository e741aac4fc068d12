import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { listChanged } from '../door/facts.ts';
import { canManage } from '../door/policy.ts';
import { deleteList } from './check-in-list.writes.ts';
import { remove } from './contract.ts';
import { hasDevices, wasScannedBy } from './list.reads.ts';
import { holdList } from './subject.steps.ts';

/** Takes a list away that nothing refers to. */
export const deleteCheckInList = () =>
  commit(remove, {
    load: (input, { tx, actor }) => holdList(tx, input, actor),
    allow: (_actor, { keeper }) => canManage(keeper),
    run: async ({ listId }, { door, list }, { tx, record, audit }) => {
      if (list.isDefault) throw new AppError('CONFLICT', 'The list that is meant by default stays.');
      if (await wasScannedBy(tx, listId)) throw new AppError('CONFLICT', 'The list was scanned by, so it stays.');
      if (await hasDevices(tx, listId))
        throw new AppError('CONFLICT', 'Devices are enrolled for the list, so it stays.');
      await deleteList(tx, listId);
      const { id: eventId, hostId } = door.event;
      await record(listChanged, { eventId, hostId, listId, rulesEpoch: list.rulesEpoch + 1 });
      audit({ targetType: 'checkInList', targetId: listId, before: { name: list.name } });
      return { listId };
    },
  });
