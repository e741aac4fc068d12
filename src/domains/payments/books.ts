import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { getOwnBilling } from './billing/get.ts';
import { setOwnBilling } from './billing/set.ts';
import { listAllCommissions } from './commission/list.ts';
import { setCommission } from './commission/set.ts';
import { printInvoice } from './invoice/document.ts';
import { getInvoice } from './invoice/get.ts';
import { listOwnInvoices } from './invoice/list.ts';
import { onDisputeLostCredit } from './invoice/on-dispute-lost.ts';
import { onPaymentCapturedInvoice } from './invoice/on-payment-captured.ts';
import { onRefundFailedCredit } from './invoice/on-refund-failed.ts';
import { onRefundSettledCredit } from './invoice/on-refund-settled.ts';
import { listAccounts } from './ledger/accounts.ts';
import { listEntries } from './ledger/entries.ts';
import { showStatement } from './ledger/statement.ts';
import { createTaxRate } from './tax-rate/create.ts';
import { listAllTaxRates } from './tax-rate/list.ts';
import { expireDueHolds } from './wallet/expire-holds.job.ts';
import { getOwnWallets } from './wallet/get.ts';
import { topUpWallet } from './wallet/top-up.ts';
import { withdrawFromWallet } from './wallet/withdraw.ts';

/** What the books stand on. */
export type BooksGround = Pick<Platform, 'config' | 'clock' | 'database' | 'subjectKeys'>;

/** Ledger, wallets, invoices, and the rules of commission and tax. */
export const openBooks = (ground: BooksGround): Omit<Domain<Transaction>, 'name'> => ({
  operations: [
    ...[listAccounts(ground), listEntries(ground), showStatement(ground)],
    ...[getOwnWallets(ground), topUpWallet(ground), withdrawFromWallet()],
    ...[setCommission(), listAllCommissions(ground), createTaxRate(), listAllTaxRates(ground)],
    ...[getInvoice(ground), listOwnInvoices(ground), printInvoice(ground)],
    ...[getOwnBilling(ground), setOwnBilling(ground)],
  ],
  signals: [],
  rooms: [],
  jobs: [expireDueHolds(ground)],
  subscribers: [
    onPaymentCapturedInvoice(ground),
    onRefundSettledCredit(ground),
    onRefundFailedCredit(ground),
    onDisputeLostCredit(ground),
  ],
});
