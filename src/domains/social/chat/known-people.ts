import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { existingUsers } from '../../identity/api.ts';

/**
 * @param field the input's list, to name what is refused
 * @throws INVALID_INPUT naming every id that belongs to no open account
 */
export const refuseUnknownPeople = async (tx: Transaction, field: string, userIds: string[]): Promise<void> => {
  const known = await existingUsers(tx, userIds);
  const issues = userIds.flatMap((userId, index) =>
    known.has(userId) ? [] : [{ path: `${field}.${index}`, message: 'is nobody here' }],
  );
  const [first] = issues;
  if (first) throw new AppError('INVALID_INPUT', `${first.path}: ${first.message}`, { issues: issues.slice(0, 20) });
};
