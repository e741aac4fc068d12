import type { InputOf } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { ListRow } from '../checkin/door.reads.ts';
import { refold } from '../checkin/refold.steps.ts';
import { listChanged } from '../door/facts.ts';
import { canManage } from '../door/policy.ts';
import { updateList } from './check-in-list.writes.ts';
import { edit } from './contract.ts';
import { conflictedAt, hasReentered } from './list.reads.ts';
import { presentList } from './present.ts';
import { checkRules, holdList } from './subject.steps.ts';

/** Conflicts that one change of the rules forgives. */
const MAX_FORGIVEN = 1_000;

/** Changes the rules of a list. What was scanned by it stays what it was, but that re-entry forgives second entries. */
export const editCheckInList = () =>
  commit(edit, {
    load: (input, { tx, actor }) => holdList(tx, input, actor),
    allow: (_actor, { keeper }) => canManage(keeper),
    run: async (input, { door, list }, { tx, record, audit }) => {
      const { event, lists } = door;
      const changes = changesFrom(input);
      await checkRules(tx, event.id, { ...list, ...changes });
      const isForbidding = changes.allowReentry === false && list.allowReentry;
      if (isForbidding && (await hasReentered(tx, list.id))) {
        throw new AppError('CONFLICT', 'allowReentry: somebody came in twice by this list. Make another one.');
      }
      const row = await updateList(tx, list.id, changes);
      if (row.allowReentry && !list.allowReentry) {
        const admissionIds = await conflictedAt(tx, list.id, MAX_FORGIVEN);
        await refold(
          { tx, record, event, lists: new Map([...lists, [row.id, row]]) },
          { listId: list.id, admissionIds },
        );
      }
      await record(listChanged, {
        eventId: event.id,
        hostId: event.hostId,
        listId: row.id,
        rulesEpoch: row.rulesEpoch,
      });
      audit({ targetType: 'checkInList', targetId: row.id, before: presentList(list), after: presentList(row) });
      return presentList(row);
    },
  });

type Changes = Partial<
  Pick<
    ListRow,
    'name' | 'ticketTypeIds' | 'mode' | 'allowReentry' | 'allowUnpaid' | 'requireProof' | 'opensAt' | 'closesAt'
  >
>;

const changesFrom = ({ eventId: _, listId: __, opensAt, closesAt, ...rest }: InputOf<typeof edit>): Changes => {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Changes;
  return { ...given, ...timeOf('opensAt', opensAt), ...timeOf('closesAt', closesAt) };
};

const timeOf = (name: 'opensAt' | 'closesAt', text: string | null | undefined): Changes =>
  text === undefined ? {} : { [name]: text === null ? null : new Date(text) };
