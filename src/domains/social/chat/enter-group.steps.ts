import type { Commit } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { memberAdded } from '../facts.ts';
import { refuseTooLarge } from './group.steps.ts';
import { countMembers } from './member.reads.ts';
import { joinMembers } from './member.writes.ts';
import { roomOf } from './room-name.rules.ts';

interface Entering {
  chatId: string;
  userId: string;
  /** The person who let them in: themselves with a link, or a member of the group's team. */
  addedBy: string;
  now: Date;
}

/** Makes somebody a member of a group whose membership is locked. @throws CONFLICT when it is full */
export const enterGroup = async (
  { tx, record, rooms }: Pick<Commit<Transaction>, 'tx' | 'record'> & { rooms: Pick<RoomLog, 'position'> },
  { chatId, userId, addedBy, now }: Entering,
): Promise<void> => {
  refuseTooLarge((await countMembers(tx, chatId)) + 1);
  const end = await rooms.position(roomOf(chatId));
  const added = await joinMembers(tx, { chatId, userIds: [userId], role: 'MEMBER', end, now });
  if (added.length > 0) await record(memberAdded, { chatId, addedBy, userIds: added });
};
