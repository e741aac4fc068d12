import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { type AccountDetails, identityOf, lastFourOf, writeDetails } from './details.rules.ts';
import { sameAccounts } from './payout-account.reads.ts';

export interface GivenDetails {
  id: string;
  userId: string;
  holderName: string;
  details: AccountDetails;
  now: Date;
}

/**
 * What of a row follows from the details: encrypted with their owner's key, found again by a keyed hash. The account has to
 * be verified, and cools down. One that somebody else uses is PENDING, and written down as suspicious.
 * @throws CONFLICT for an account that its owner gave before, GONE when the owner was erased
 */
export const sealDetails = async (tx: Transaction, subjectKeys: SubjectKeys, given: GivenDetails) => {
  const { id, userId, holderName, details, now } = given;
  const identity = identityOf(details);
  const same = await sameAccounts(tx, subjectKeys.blindIndexes('payout_accounts.details_hash', identity));
  const others = same.filter((account) => account.id !== id);
  if (others.some((account) => account.userId === userId)) {
    throw new AppError('CONFLICT', 'details: is an account you have given already.');
  }
  if (others.length > 0) await noteShared(tx, given, others);
  const placed = (column: string) => ({ table: 'payout_accounts', column, rowId: id });
  return {
    holderName: await subjectKeys.encryptFor(tx, userId, placed('holder_name'), holderName),
    details: await subjectKeys.encryptFor(tx, userId, placed('details'), writeDetails(details)),
    detailsHash: subjectKeys.blindIndex('payout_accounts.details_hash', identity),
    lastFour: lastFourOf(details),
    status: others.length > 0 ? 'PENDING' : 'UNVERIFIED',
    verifiedAt: null,
    detailsChangedAt: now,
    updatedAt: now,
  } as const;
};

/** Names ids alone: what the account is stays encrypted. */
const noteShared = async (
  tx: Transaction,
  { id, userId, now }: GivenDetails,
  others: { id: string; userId: string }[],
): Promise<void> => {
  await tx.suspiciousActivity.create({
    data: {
      id: newId(),
      userId,
      kind: 'MULTIPLE_ACCOUNTS',
      risk: 'MEDIUM',
      score: 50,
      details: {
        payoutAccountId: id,
        sameAs: others.map((other) => ({ payoutAccountId: other.id, userId: other.userId })),
      },
      createdAt: now,
    },
    select: { id: true },
  });
};
