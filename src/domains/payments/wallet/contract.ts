import { z } from 'zod';
import { PaymentMethod, WalletStatus } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Id } from '../../../kernel/wire.ts';
import { AmountMinor, ChargeMinor, CurrencyCode, Money } from '../money/contract.ts';
import { Payment } from '../payment/contract.ts';
import { Refund } from '../refund/contract.ts';

/** Prepaid credit in one currency. */
export const Wallet = z.object({
  id: Id,
  status: z.enum(WalletStatus),
  /** All of it. */
  balance: Money,
  /** What is set aside for something. */
  held: Money,
  /** What may be spent now. */
  spendable: Money,
  /** What may be spent in 24 hours; null is without a limit. */
  dailyLimit: Money.nullable(),
  createdAt: z.iso.datetime(),
});

export const get = operation({
  name: 'wallet.get',
  summary: 'The caller’s wallets, one for each currency that was ever topped up or paid back in.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 600, windowSeconds: 60, by: 'actor' }],
  input: z.object({}),
  output: z.object({ wallets: z.array(Wallet) }),
  errors: [],
  http: 'GET /v1/wallet',
});

/** Credit cannot buy credit, and cash comes in by hand. */
const TopUpMethod = z.enum(PaymentMethod).exclude(['WALLET', 'CASH']);

export const topUp = operation({
  name: 'wallet.topUp',
  summary:
    'Open a payment whose money becomes credit once the provider has taken it; then go on with `clientAction` as for a booking.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({ amountMinor: ChargeMinor.min(1), currency: CurrencyCode, method: TopUpMethod.default('CARD') }),
  output: Payment,
  errors: ['CONFLICT'],
  http: 'POST /v1/wallet/top-ups',
});

/** Top-ups that one withdrawal sends back at most; what is left after them is withdrawn by another. */
export const MAX_TOP_UPS = 50;

export const withdraw = operation({
  name: 'wallet.withdraw',
  summary:
    'Take out what was topped up and is not spent: it goes back the way it came, as refunds of the latest top-ups. It is held until they settle, and free again when one fails. CONFLICT when less is spendable, or less of the latest 50 top-ups can go back.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({ amountMinor: AmountMinor.min(1), currency: CurrencyCode }),
  output: z.object({ wallet: Wallet, refunds: z.array(Refund) }),
  errors: ['CONFLICT'],
  http: 'POST /v1/wallet/withdrawals',
});
