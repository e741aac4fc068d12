import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import { doorFor } from '../checkin/subject.steps.ts';
import { listChanged } from '../door/facts.ts';
import { canManage } from '../door/policy.ts';
import { insertList } from './check-in-list.writes.ts';
import { create, MAX_LISTS } from './contract.ts';
import { presentList } from './present.ts';
import { checkRules, tooManyLists } from './subject.steps.ts';

/** Adds a list. */
export const createCheckInList = () =>
  commit(create, {
    load: ({ eventId }, { tx, actor }) => doorFor(tx, eventId, actor),
    allow: (_actor, { keeper }) => canManage(keeper),
    run: async ({ opensAt, closesAt, ...input }, { door }, { tx, record, audit }) => {
      const { event, lists } = door;
      if (lists.size >= MAX_LISTS) throw tooManyLists(MAX_LISTS);
      const data = {
        ...input,
        id: newId(),
        opensAt: opensAt === null ? null : new Date(opensAt),
        closesAt: closesAt === null ? null : new Date(closesAt),
      };
      await checkRules(tx, event.id, data);
      const row = await insertList(tx, data);
      await record(listChanged, {
        eventId: event.id,
        hostId: event.hostId,
        listId: row.id,
        rulesEpoch: row.rulesEpoch,
      });
      audit({ targetType: 'checkInList', targetId: row.id, after: input });
      return presentList(row);
    },
  });
