import { insertAccount } from '../domains/identity/account/account.writes.ts';
import { hashPassword } from '../domains/identity/account/password.ts';
import { updateProfile } from '../domains/identity/profile/profile.writes.ts';
import type { Database, Transaction } from '../platform/db/client.ts';
import { newId } from '../platform/ids.ts';
import { DEMO_CHATS, type DemoChat } from './chats.ts';
import { DEMO_PASSWORD, DEMO_PEOPLE, emailOf, WHO, type Who } from './people.ts';
import { type Story, tellStory } from './story.ts';

type Ids = Record<Who, string>;

/** Any number that no other program of ours locks. */
const LOCK_KEY = 72_657_001;
/** The rooms' logs start anew under an epoch of their own. */
const EPOCH = 'seed';

/**
 * Writes the demo people and their chats in one transaction.
 * @returns `present` when they were there already; `taken` when somebody else has one of their names: then nothing is done
 */
export const seedDemoWorld = async (database: Database, now: Date): Promise<'made' | 'present' | 'taken'> => {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  return database.$transaction(
    async (tx) => {
      // Two starts at once: the second waits, then finds them.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK_KEY})`;
      const emails = WHO.map(emailOf);
      const found = await tx.user.count({ where: { email: { in: emails } } });
      if (found === WHO.length) return 'present';
      if (found > 0 || (await tx.user.count({ where: { username: { in: WHO } } })) > 0) return 'taken';
      const ids = {} as Ids;
      for (const who of WHO) ids[who] = await insertPerson(tx, who, { passwordHash, now });
      for (const chat of DEMO_CHATS) await insertChat(tx, chat, { ids, now });
      return 'made';
    },
    { timeout: 30_000 },
  );
};

const insertPerson = async (tx: Transaction, who: Who, { passwordHash, now }: { passwordHash: string; now: Date }) => {
  const { firstName, lastName, bio } = DEMO_PEOPLE[who];
  const id = newId();
  await insertAccount(tx, { id, email: emailOf(who), username: who, passwordHash, firstName, lastName, now });
  await updateProfile(tx, {
    userId: id,
    profile: { firstName, lastName, bio: null, avatarUrl: null },
    change: { bio },
    now,
  });
  return id;
};

const insertChat = async (tx: Transaction, chat: DemoChat, { ids, now }: { ids: Ids; now: Date }): Promise<void> => {
  const chatId = newId();
  const memberIds = chat.members.map((who) => ids[who]);
  const [creatorId = null] = memberIds;
  const story = tellStory(chat.lines, now);
  const createdAt = story.messages[0]?.sentAt ?? now;
  const shape =
    chat.title === undefined
      ? { kind: 'DIRECT' as const, directKey: memberIds.toSorted().join(':') }
      : { kind: 'GROUP' as const, title: chat.title };
  await tx.chat.create({ data: { id: chatId, ...shape, createdBy: creatorId, createdAt } });
  await insertMembers(tx, chat, { chatId, story, ids, createdAt });
  await insertStory(tx, story, { chatId, ids });
};

const insertMembers = async (
  tx: Transaction,
  { title, members }: DemoChat,
  { chatId, story, ids, createdAt }: { chatId: string; story: Story; ids: Ids; createdAt: Date },
): Promise<void> => {
  const data = members.map((who, index) => ({
    chatId,
    userId: ids[who],
    role: title !== undefined && index === 0 ? ('OWNER' as const) : ('MEMBER' as const),
    joinedAt: createdAt,
    lastReadSeq: story.readBy.get(who)?.seq ?? 0,
    lastReadOrdinal: story.readBy.get(who)?.ordinal ?? 0,
  }));
  await tx.chatParticipant.createMany({ data });
};

const insertStory = async (tx: Transaction, story: Story, { chatId, ids }: { chatId: string; ids: Ids }) => {
  // Safe: a demo chat's lines are by demo people.
  const idOf = (by: string): string => ids[by as Who];
  const messages = story.messages.map(({ by, ...message }) => ({
    ...message,
    ...{ chatId, id: newId(), clientId: newId(), senderId: idOf(by) },
  }));
  await tx.message.createMany({ data: messages });
  const reactions = story.reactions.map(({ by, ...reaction }) => ({ ...reaction, chatId, userId: idOf(by) }));
  await tx.messageReaction.createMany({ data: reactions });
  const lastMessageAt = story.messages.at(-1)?.sentAt ?? null;
  const progress = { epoch: EPOCH, lastSeq: story.lastSeq, lastOrdinal: story.messages.length, lastMessageAt };
  await tx.chatMessageSequence.create({ data: { chatId, ...progress } });
};
