import type { Database } from '../../../../src/platform/db/client.ts';
import { newId } from '../../../../src/platform/ids.ts';

/** Accounts to put into chats. @returns their ids, in the order they were made */
export const makeUsers = async (database: Database, count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, newId);
  await database.user.createMany({
    data: ids.map((id) => ({
      ...{ id, email: `${id}@example.org`, username: id, password: 'not a hash' },
      emailVerified: true,
    })),
  });
  await database.profile.createMany({
    data: ids.map((userId, index) => ({ userId, firstName: `First${index}`, lastName: `Last${index}` })),
  });
  return ids;
};

/** A group whose first member owns it. @returns its id */
export const makeChat = async (database: Database, memberIds: string[]): Promise<string> => {
  const id = newId();
  await database.chat.create({ data: { id, kind: 'GROUP', title: 'A group' } });
  await database.chatParticipant.createMany({
    data: memberIds.map((userId, index) => ({ chatId: id, userId, role: index === 0 ? 'OWNER' : 'MEMBER' })),
  });
  return id;
};

/** Everything the persister writes about a chat, in a form that can be compared. */
export const chatRows = async (database: Database, chatId: string) => {
  const where = { chatId };
  const [messages, reactions, revisions, readers, progress] = await Promise.all([
    database.message.findMany({ where, orderBy: { seq: 'asc' } }),
    database.messageReaction.findMany({ where, orderBy: [{ seq: 'asc' }, { emoji: 'asc' }, { userId: 'asc' }] }),
    database.messageRevision.findMany({ where, orderBy: [{ seq: 'asc' }, { replacedBy: 'asc' }] }),
    database.chatParticipant.findMany({ where, orderBy: { userId: 'asc' } }),
    database.chatMessageSequence.findUnique({ where }),
  ]);
  return { messages, reactions, revisions, readers, progress };
};
