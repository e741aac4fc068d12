import type { z } from 'zod';
import { wireMoney } from '../money/wire.rules.ts';
import type { Payout } from './contract.ts';
import type { PayoutRow } from './payout.reads.ts';

export const presentPayout = (row: PayoutRow): z.input<typeof Payout> => ({
  id: row.id,
  hostId: row.hostId,
  payoutAccountId: row.accountId,
  status: row.status,
  amount: wireMoney(row.amount, row.currency),
  provider: row.provider,
  providerRef: row.providerPayoutId,
  holdReason: row.holdReason,
  failure: row.failureMessage,
  submittedAt: row.submittedAt?.toISOString() ?? null,
  paidAt: row.paidAt?.toISOString() ?? null,
  returnedAt: row.returnedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});
