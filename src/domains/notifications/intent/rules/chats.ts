import { publicNames } from '../../../identity/api.ts';
import { noticeOfMention } from '../../../social/api.ts';
import { mentioned } from '../../../social/facts.ts';
import type { Draft } from '../draft.rules.ts';
import { rule } from '../rule.ts';

/** Characters of a message that its notification shows. */
const PREVIEW_CHARACTERS = 200;

/** Messages that people are told of who do not look at the chat. */
export const chatRules = [
  rule(mentioned, async ({ chatId, seq, messageId, senderId, userIds }, { database, now }) => {
    const notice = await noticeOfMention(database, { chatId, seq, userIds, now });
    if (!notice) return [];
    const sender = (await publicNames(database, [senderId])).get(senderId);
    const name = sender ? `${sender.firstName} ${sender.lastName}`.trim() : 'Somebody';
    const title = notice.title === null ? `${name} mentioned you` : `${name} mentioned you in ${notice.title}`;
    return notice.userIds.map(
      (userId): Draft => ({
        ...{ userId, actorId: senderId, broughtBy: { userId: senderId, reaches: 'INBOX' } },
        ...{ type: 'MENTION', category: 'CHAT', title },
        message: [...notice.body].slice(0, PREVIEW_CHARACTERS).join(''),
        data: { chatId, seq: String(seq) },
        dedupeKey: `mention:${messageId}:${userId}`,
      }),
    );
  }),
];
