import type { Transaction } from '../../platform/db/client.ts';
import { type MessageMoment, messageMoments } from './chat/moments.reads.ts';
import { noticeOfMention as noticeOfMentionOf } from './chat/notice.reads.ts';
import { friendsAmong as friendsAmongOthers } from './friendship/friendship.reads.ts';
import { presentAmong as presentAmongPeople } from './presence/present.reads.ts';

/** See `chat/notice.reads.ts`: a message that names people, for whom of them wants to be told. */
export const noticeOfMention = noticeOfMentionOf;

/** See `friendship/friendship.reads.ts`: those of the others who are friends of the person. */
export const friendsAmong = (
  reader: Pick<Transaction, 'friendship'>,
  userId: string,
  otherIds: readonly string[],
): Promise<Set<string>> => friendsAmongOthers(reader, userId, otherIds);

/** Messages of a chat in the order they were sent; none for who is no member. */
export const messagesSince = (
  reader: Pick<Transaction, 'chatParticipant' | '$queryRaw'>,
  page: Parameters<typeof messageMoments>[1],
): Promise<MessageMoment[]> => messageMoments(reader, page);

/** See `presence/present.reads.ts`: those of the people who are here and do not hide it. */
export const presentAmong = presentAmongPeople;
