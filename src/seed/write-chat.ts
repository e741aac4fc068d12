import type { Transaction } from '../platform/db/client.ts';
import { newId } from '../platform/ids.ts';
import { type Line, type Story, tellStory } from './story.ts';

/** The rooms' logs start anew under an epoch of their own. */
const EPOCH = 'seed';

export interface ChatDraft<Who extends string> {
  id: string;
  /** Absent for a chat of two. */
  title?: string;
  /** The gathering it belongs to. */
  eventId?: string;
  /** The first one opened it. */
  members: readonly Who[];
  lines: readonly Line<Who>[];
  /** When the last line was written. */
  endsAt: Date;
}

type Ids<Who extends string> = Readonly<Record<Who, string>>;

/** Writes a chat as the persister leaves it once every entry of its log is stored. */
export const insertChat = async <Who extends string>(
  tx: Transaction,
  chat: ChatDraft<Who>,
  ids: Ids<Who>,
): Promise<void> => {
  const memberIds = chat.members.map((who) => ids[who]);
  const story = tellStory(chat.lines, chat.endsAt);
  const createdAt = story.messages[0]?.sentAt ?? chat.endsAt;
  const data = { id: chat.id, ...shapeOf(chat, memberIds), createdBy: memberIds[0] ?? null, createdAt };
  await tx.chat.create({ data });
  await insertMembers(tx, chat, { story, ids, createdAt });
  // Safe: a chat's lines are by those who have ids.
  await insertStory(tx, story, { chatId: chat.id, idOf: (by) => ids[by as Who] });
};

const shapeOf = ({ title, eventId }: Pick<ChatDraft<string>, 'title' | 'eventId'>, memberIds: string[]) => {
  if (eventId !== undefined) return { kind: 'EVENT' as const, title: title ?? null, eventId };
  if (title !== undefined) return { kind: 'GROUP' as const, title };
  return { kind: 'DIRECT' as const, directKey: memberIds.toSorted().join(':') };
};

const insertMembers = async <Who extends string>(
  tx: Transaction,
  { id, title, members }: ChatDraft<Who>,
  { story, ids, createdAt }: { story: Story; ids: Ids<Who>; createdAt: Date },
): Promise<void> => {
  const data = members.map((who, index) => ({
    chatId: id,
    userId: ids[who],
    role: title !== undefined && index === 0 ? ('OWNER' as const) : ('MEMBER' as const),
    joinedAt: createdAt,
    lastReadSeq: story.readBy.get(who)?.seq ?? 0,
    lastReadOrdinal: story.readBy.get(who)?.ordinal ?? 0,
  }));
  await tx.chatParticipant.createMany({ data });
};

interface Telling {
  chatId: string;
  idOf: (by: string) => string;
}

const insertStory = async (tx: Transaction, story: Story, { chatId, idOf }: Telling): Promise<void> => {
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
