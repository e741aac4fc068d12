import { type AppError, invalidField } from '../../../kernel/errors.ts';
import { anyone, nothing } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { reachStrangers } from '../../identity/api.writes.ts';
import type { Pictured, Showing } from '../../media/api.ts';
import { chatOpened } from '../facts.ts';
import { findDirectChat } from './chat.reads.ts';
import { directKeyOf, insertChat } from './chat.writes.ts';
import { open } from './contract.ts';
import { refuseUnknownPeople } from './known-people.steps.ts';
import { joinMembers } from './member.writes.ts';
import { roomOf } from './room-name.rules.ts';
import { showChat } from './show-chat.ts';

/** Opens a chat, or finds the one a pair has. Of several who open the same pair's chat at once all get the same. */
export const openChat = ({ pictures, rooms }: Pictured & { rooms: Pick<RoomLog, 'begin'> }) =>
  commit(open, {
    load: nothing,
    allow: anyone,
    run: async (input, _subject, { tx, actor, now, record, audit, afterCommit }) => {
      const openedBy = actor.userId;
      await refuseUnknownPeople(tx, { userId: openedBy, field: 'memberIds', userIds: input.memberIds });
      const others = [...new Set(input.memberIds)].filter((userId) => userId !== openedBy);
      const { role, ...drafted } = input.kind === 'DIRECT' ? draftPair(openedBy, others) : draftGroup(input.title);
      const chatId = await insertChat(tx, { ...drafted, openedBy, now });
      if (chatId === null)
        return showPair(tx, { directKey: drafted.directKey ?? '', userId: openedBy }, { pictures, now });
      await reachStrangers(tx, { userId: openedBy, others });
      await joinMembers(tx, { chatId, userIds: [openedBy], role, end: null, now });
      await joinMembers(tx, { chatId, userIds: others, role: 'MEMBER', end: null, now });
      afterCommit(() => rooms.begin(roomOf(chatId)));
      await record(chatOpened, { chatId, openedBy, memberIds: [openedBy, ...others] });
      audit({ targetType: 'chat', targetId: chatId, after: { ...drafted, memberIds: others } });
      return showChat(tx, { chatId, userId: openedBy, role }, { entries: [], showing: { pictures, now } });
    },
  });

const draftGroup = (title: string | undefined) =>
  ({ kind: 'GROUP', title: title ?? null, directKey: null, role: 'OWNER' }) as const;

/** @throws INVALID_INPUT unless there is exactly one other */
const draftPair = (openedBy: string, others: string[]) => {
  const [other] = others;
  if (other === undefined || others.length > 1) throw notAPair();
  return { kind: 'DIRECT', title: null, directKey: directKeyOf(openedBy, other), role: 'MEMBER' } as const;
};

const notAPair = (): AppError => invalidField('memberIds', 'A direct chat takes exactly one other person');

const showPair = async (
  tx: Transaction,
  { directKey, userId }: { directKey: string; userId: string },
  showing: Showing,
) => {
  const chat = await findDirectChat(tx, directKey);
  if (!chat) throw new Error(`the chat of ${directKey} was found and is gone`);
  return showChat(tx, { chatId: chat.id, userId, role: 'MEMBER' }, { entries: [], showing });
};
