import type { LedgerAccountKind } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'ledgerAccount'>;

/** An account as it is stored; amounts are minor units, credit positive. */
export interface StoredAccount {
  id: string;
  kind: LedgerAccountKind;
  ownerId: string | null;
  currencyCode: string;
  posted: bigint;
  pendingDebit: bigint;
  version: bigint;
}

export const findAccount = (reader: Reader, id: string): Promise<StoredAccount | null> =>
  reader.ledgerAccount.findUnique({ where: { id } });

/** Accounts of a person, or with null the platform's own, in the order in which they were opened. */
export const accountsOf = (
  reader: Reader,
  ownerId: string | null,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<StoredAccount[]> =>
  reader.ledgerAccount.findMany({
    where: { ownerId, ...(after === undefined ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
  });
