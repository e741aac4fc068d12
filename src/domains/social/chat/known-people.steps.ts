import { AppError, type ErrorCode } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { reachableUsers } from '../../identity/api.ts';
import { leftAmong } from './member.reads.ts';

interface Naming {
  /** Whoever names them. */
  userId: string;
  /** The input's list, to name what is refused. */
  field: string;
  userIds: string[];
}

/** @throws INVALID_INPUT naming every id that belongs to no open account, or to one that the person may not reach */
export const refuseUnknownPeople = async (tx: Transaction, { userId: by, field, userIds }: Naming): Promise<void> => {
  const known = await reachableUsers(tx, by, userIds);
  const unknown = (userId: string): string | null => (known.has(userId) ? null : 'is nobody here');
  refuseEach('INVALID_INPUT', { field, userIds, reasonOf: unknown });
};

/**
 * The members were told who left, so that this tells whoever adds people nothing new.
 * @throws CONFLICT naming every id of somebody who left the chat by their own choice: nobody else brings them back
 */
export const refuseWhoLeft = async (tx: Transaction, chatId: string, userIds: string[]): Promise<void> => {
  const left = await leftAmong(tx, chatId, userIds);
  const gone = (userId: string): string | null => (left.has(userId) ? 'left this chat and can only rejoin it' : null);
  refuseEach('CONFLICT', { field: 'userIds', userIds, reasonOf: gone });
};

interface Looking {
  field: string;
  userIds: readonly string[];
  /** Why the person is refused; null when they are not. */
  reasonOf: (userId: string) => string | null;
}

const refuseEach = (code: ErrorCode, { field, userIds, reasonOf }: Looking): void => {
  const issues = userIds.flatMap((userId, index) => {
    const message = reasonOf(userId);
    return message === null ? [] : [{ path: `${field}.${index}`, message }];
  });
  const [first] = issues;
  if (first) throw new AppError(code, `${first.path}: ${first.message}`, { issues: issues.slice(0, 20) });
};
