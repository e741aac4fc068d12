import type { Transaction } from '../../../platform/db/client.ts';

/** The account with its details, encrypted, its row locked until the transaction ends: nobody changes it meanwhile. */
export const lockPayoutAccount = async (tx: Transaction, id: string) => {
  await tx.$queryRaw`SELECT id FROM payout_accounts WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.payoutAccount.findUnique({ where: { id } });
};
