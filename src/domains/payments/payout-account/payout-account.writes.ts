import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { type GivenDetails, sealDetails } from './details.writes.ts';
import { findDefaultAccount, findPayoutAccount, type ShownAccount } from './payout-account.reads.ts';

/** Accounts of one person that are in use, at most. */
const MAX_ACCOUNTS = 20;

interface NewAccount extends Omit<GivenDetails, 'id'> {
  currency: string;
  country: string;
}

/** Keeps an account; the first one in its currency is where payouts go. @throws CONFLICT, GONE */
export const insertPayoutAccount = async (
  tx: Transaction,
  subjectKeys: SubjectKeys,
  { currency, country, ...given }: NewAccount,
): Promise<ShownAccount> => {
  const { userId, details, now } = given;
  await oneAtATime(tx, userId);
  if ((await tx.payoutAccount.count({ where: { userId, disabledAt: null } })) >= MAX_ACCOUNTS) {
    throw new AppError('CONFLICT', `Nobody has more than ${MAX_ACCOUNTS} payout accounts; disable one first.`);
  }
  const id = newId();
  const sealed = await sealDetails(tx, subjectKeys, { ...given, id });
  const isDefault = (await findDefaultAccount(tx, { userId, currency })) === null;
  const data = { ...sealed, id, userId, kind: details.kind, currency, country, isDefault, createdAt: now };
  await tx.payoutAccount.create({ data, select: { id: true } });
  return shown(tx, id);
};

/** Puts other details in place of those an account has. @throws CONFLICT, GONE */
export const replaceDetails = async (
  tx: Transaction,
  subjectKeys: SubjectKeys,
  given: GivenDetails,
): Promise<ShownAccount> => {
  await oneAtATime(tx, given.userId);
  const data = await sealDetails(tx, subjectKeys, given);
  await tx.payoutAccount.update({ where: { id: given.id }, data, select: { id: true } });
  return shown(tx, given.id);
};

/** Has payouts in the account's currency go there. */
export const makeDefault = async (
  tx: Transaction,
  { id, userId, currency }: Pick<ShownAccount, 'id' | 'userId' | 'currency'>,
  now: Date,
): Promise<ShownAccount> => {
  await oneAtATime(tx, userId);
  const others = { userId, currency, isDefault: true, id: { not: id } };
  await tx.payoutAccount.updateMany({ where: others, data: { isDefault: false, updatedAt: now } });
  const where = { id, disabledAt: null };
  await tx.payoutAccount.updateMany({ where, data: { isDefault: true, updatedAt: now } });
  return shown(tx, id);
};

/** Puts an account out of use for good. */
export const disableAccount = async (tx: Transaction, id: string, now: Date): Promise<ShownAccount> => {
  await tx.payoutAccount.updateMany({
    where: { id, disabledAt: null },
    data: { status: 'DISABLED', disabledAt: now, isDefault: false, updatedAt: now },
  });
  return shown(tx, id);
};

/** Notes what a check came to. @returns null when the account is out of use */
export const noteVerification = async (
  tx: Transaction,
  { id, outcome, now }: { id: string; outcome: 'VERIFIED' | 'REJECTED'; now: Date },
): Promise<ShownAccount | null> => {
  const { count } = await tx.payoutAccount.updateMany({
    where: { id, disabledAt: null },
    data: { status: outcome, verifiedAt: outcome === 'VERIFIED' ? now : null, updatedAt: now },
  });
  return count === 1 ? shown(tx, id) : null;
};

const oneAtATime = async (tx: Transaction, userId: string): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`payout accounts of ${userId}`}, 0))`;
};

const shown = async (tx: Transaction, id: string): Promise<ShownAccount> => {
  const account = await findPayoutAccount(tx, id);
  if (account === null) throw new Error(`payout account ${id} is gone`);
  return account;
};
