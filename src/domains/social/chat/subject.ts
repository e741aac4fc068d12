import { AppError } from '../../../kernel/errors.ts';
import type { Appended, RoomLog } from '../../../platform/rooms/log.ts';
import { findCurrentMessage } from './current-message.ts';
import { findGrant, type GrantDeps } from './grant.ts';
import type { Membership } from './member.reads.ts';
import type { MessageState } from './message-state.rules.ts';

export interface SubjectDeps extends GrantDeps {
  rooms: Pick<RoomLog, 'append' | 'undurable'>;
}

/** A message and the place of who wants to change it. */
export interface Subject {
  membership: Membership;
  message: MessageState;
}

/** The message as it is now, for a member; null when there is none or the user is no member. */
export const findSubject = async (
  deps: SubjectDeps,
  { chatId, seq }: { chatId: string; seq: number },
  userId: string,
): Promise<Subject | null> => {
  const membership = await findGrant(deps, chatId, userId);
  const message = membership && (await findCurrentMessage(deps, chatId, seq));
  return message && { membership, message };
};

/** @throws GONE */
export const refuseDeleted = ({ message }: Pick<Subject, 'message'>): void => {
  if (message.deletedAtMs !== null) throw new AppError('GONE', 'The message was deleted.');
};

/** The answer to a change of message `seq` by the entry that was appended. */
export const changeOf = (seq: number, appended: Appended) => ({
  seq,
  appliedSeq: appended.seq,
  epoch: appended.epoch,
  at: new Date(appended.atMs).toISOString(),
});
