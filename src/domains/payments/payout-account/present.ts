import type { z } from 'zod';
import type { PayoutAccount } from './contract.ts';
import { payableFrom } from './gate.rules.ts';
import type { ShownAccount } from './payout-account.reads.ts';

export const presentPayoutAccount = (account: ShownAccount): z.input<typeof PayoutAccount> => ({
  id: account.id,
  kind: account.kind,
  status: account.status,
  currency: account.currency,
  country: account.country,
  lastFour: account.lastFour,
  isDefault: account.isDefault,
  verifiedAt: account.verifiedAt?.toISOString() ?? null,
  payableFrom: payableFrom(account.detailsChangedAt).toISOString(),
  createdAt: account.createdAt.toISOString(),
});
