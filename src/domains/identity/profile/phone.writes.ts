import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { violatedConstraint } from '../../../platform/db/failures.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { ownerOfPhone, phonePlace } from './phone.reads.ts';

/** A person's number as it is to be; null for none. */
export interface NewPhone {
  userId: string;
  phone: string | null;
  now: Date;
}

/** Stores the number encrypted, with the keyed hash it is found by. @throws CONFLICT when another account has it */
export const savePhone = async (
  tx: Transaction,
  keys: Pick<SubjectKeys, 'encryptFor' | 'blindIndex' | 'blindIndexes'>,
  { userId, phone, now }: NewPhone,
): Promise<void> => {
  const owner = phone === null ? null : await ownerOfPhone(keys, tx, phone);
  if (owner !== null && owner !== userId) throw phoneTaken();
  const encrypted = phone === null ? null : await keys.encryptFor(tx, userId, phonePlace(userId), phone);
  const phoneHash = phone === null ? null : keys.blindIndex('users.phone_hash', phone);
  try {
    await tx.user.update({
      where: { id: userId },
      data: { phone: encrypted, phoneHash, updatedAt: now },
      select: { id: true },
    });
  } catch (error) {
    // Somebody else gave it in the same moment.
    if (violatedConstraint(error) === 'users_phone_hash_key') throw phoneTaken();
    throw error;
  }
};

const phoneTaken = (): AppError =>
  new AppError('CONFLICT', 'Another account has this phone number.', {
    issues: [{ path: 'phone', message: 'Another account has this phone number.' }],
  });
