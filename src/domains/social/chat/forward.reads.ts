import { AppError } from '../../../kernel/errors.ts';
import { isNamedInForwards } from '../../identity/api.ts';
import { findGrant, type GrantDeps } from './grant.ts';
import { type MessagesNowDeps, messagesNow } from './messages-now.reads.ts';

interface Forwarding {
  userId: string;
  forwardOf: { chatId: string; seq: number };
}

/**
 * The words of a message that somebody forwards, and by whom it says it was said: where it was forwarded before, the first of them.
 * @throws NOT_FOUND for what they may not read, CONFLICT for what has no words
 */
export const forwardedFrom = async (
  deps: GrantDeps & MessagesNowDeps,
  { userId, forwardOf: { chatId, seq } }: Forwarding,
): Promise<{ body: string; forwarded: { from: string | null } }> => {
  const membership = await findGrant(deps, chatId, userId);
  const view = membership && (await messagesNow(deps, { chatId, viewerId: userId, seqs: [seq] })).get(seq);
  if (!view || view.message.deletedAtMs !== null)
    throw refusal('NOT_FOUND', 'There is no such message, or not for you.');
  const { body, senderId, forwarded } = view.message;
  if (body === '') throw refusal('CONFLICT', 'A message of pictures alone cannot be forwarded.');
  if (forwarded) return { body, forwarded };
  return { body, forwarded: { from: (await isNamedInForwards(deps.database, senderId)) ? senderId : null } };
};

const refusal = (code: 'NOT_FOUND' | 'CONFLICT', message: string): AppError =>
  new AppError(code, `forwardOf: ${message}`, { issues: [{ path: 'forwardOf', message }] });
