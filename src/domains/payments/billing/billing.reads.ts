import type { Transaction } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { KeptDetails } from './details.rules.ts';

type Reader = Pick<Transaction, 'billingDetails' | '$queryRaw'>;

/** Where somebody's billing details lie. */
export const billingPlace = (userId: string) => ({ table: 'billing_details', column: 'details', rowId: userId });

/** The details that somebody gave for their invoices; null when there are none, or when they were erased. */
export const billingOf = async (
  reader: Reader & Parameters<SubjectKeys['decryptFor']>[0],
  keys: Pick<SubjectKeys, 'decryptFor'>,
  userId: string,
): Promise<KeptDetails | null> => {
  const row = await reader.billingDetails.findUnique({ where: { userId }, select: { details: true } });
  const details = row && (await keys.decryptFor(reader, userId, billingPlace(userId), row.details));
  return details === null ? null : KeptDetails.parse(JSON.parse(details));
};
