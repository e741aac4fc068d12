import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { LINK_LIFE_MS, MAX_WRONG_CODES, masked } from './policy.ts';
import type { AddressVerification } from './verification.reads.ts';

interface Opening {
  userId: string;
  email: string;
  now: Date;
}

/** Opens the proof of an address; an earlier one that is open ends. The account's row must be new or locked. */
export const insertVerification = async (tx: Transaction, { userId, email, now }: Opening) => {
  await tx.verification.updateMany({
    where: { userId, kind: 'EMAIL', status: 'PENDING' },
    data: { status: 'EXPIRED', decidedAt: now, updatedAt: now },
  });
  const id = newId();
  const target = masked(email);
  const expiresAt = new Date(now.getTime() + LINK_LIFE_MS);
  const kept = {
    id,
    userId,
    kind: 'EMAIL',
    method: 'CODE',
    target,
    expiresAt,
    createdAt: now,
    updatedAt: now,
  } as const;
  await tx.verification.create({ data: kept, select: { id: true } });
  return { verificationId: id, masked: target, expiresAt: expiresAt.toISOString() };
};

/** The account's address, kept from other changes until the transaction ends; null for a closed account. */
export const lockAddress = async (tx: Transaction, userId: string) => {
  const [row] = await tx.$queryRaw<{ email: string; emailVerified: boolean }[]>`
    SELECT email, email_verified AS "emailVerified" FROM users
    WHERE id = ${userId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
  return row ?? null;
};

/** The verification, kept from everybody else who tries it until the transaction ends; null when there is none. */
export const lockVerification = async (tx: Transaction, id: string): Promise<AddressVerification | null> => {
  const [row] = await tx.$queryRaw<AddressVerification[]>`
    SELECT id, user_id AS "userId", status, attempts, created_at AS "createdAt", expires_at AS "expiresAt"
    FROM verifications WHERE id = ${id}::uuid AND kind = 'EMAIL' FOR UPDATE`;
  return row ?? null;
};

/** Counts a wrong code; the fifth ends the verification. */
export const countWrongCode = async (tx: Transaction, { id, attempts }: AddressVerification, now: Date) => {
  const ended = attempts + 1 >= MAX_WRONG_CODES ? ({ status: 'EXPIRED', decidedAt: now } as const) : {};
  const data = { attempts: { increment: 1 }, updatedAt: now, ...ended };
  await tx.verification.update({ where: { id }, data, select: { id: true } });
};

/** Ends the verification well and marks the account's address as proved. */
export const approve = async (tx: Transaction, { id, userId }: AddressVerification, now: Date): Promise<void> => {
  const data = { status: 'APPROVED', decidedAt: now, updatedAt: now } as const;
  await tx.verification.update({ where: { id }, data, select: { id: true } });
  await tx.user.update({ where: { id: userId }, data: { emailVerified: true, updatedAt: now }, select: { id: true } });
};
