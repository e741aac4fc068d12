import type { PayoutAccount } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { parseDetails } from '../payout-account/details.rules.ts';

/**
 * What the provider calls the place where the money goes. The sandbox is told our own id of the account, Stripe the
 * connected account; no provider is told more than it needs.
 * @returns null when the owner was erased, or the provider cannot send there
 */
export const destinationOf = async (
  reader: Pick<Transaction, '$queryRaw' | 'subjectKey'>,
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>,
  { account, provider }: { account: Pick<PayoutAccount, 'id' | 'userId' | 'kind' | 'details'>; provider: string },
): Promise<string | null> => {
  const place = { table: 'payout_accounts', column: 'details', rowId: account.id };
  const plaintext = await subjectKeys.decryptFor(reader, account.userId, place, account.details);
  if (plaintext === null) return null;
  if (provider === 'SANDBOX') return `${account.kind.toLowerCase()}:${account.id}`;
  const details = parseDetails(plaintext);
  return provider === 'STRIPE' && details.kind === 'STRIPE_CONNECT' ? details.connectedAccountId : null;
};
