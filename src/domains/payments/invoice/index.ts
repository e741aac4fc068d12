import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { printInvoice } from './document.ts';
import { getInvoice } from './get.ts';
import { listOwnInvoices } from './list.ts';
import { onDisputeLostCredit } from './on-dispute-lost.ts';
import { onPaymentCapturedInvoice } from './on-payment-captured.ts';
import { onRefundFailedCredit } from './on-refund-failed.ts';
import { onRefundSettledCredit } from './on-refund-settled.ts';
import { drawInvoicePdf } from './pdf.ts';

/** Invoices and credit notes. */
export const invoiceTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [getInvoice(deps), listOwnInvoices(deps), printInvoice(deps), drawInvoicePdf(deps)],
  subscribers: [
    onPaymentCapturedInvoice(deps),
    onRefundSettledCredit(deps),
    onRefundFailedCredit(deps),
    onDisputeLostCredit(deps),
  ],
});
