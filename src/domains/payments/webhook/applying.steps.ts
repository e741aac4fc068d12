import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';

/** The transaction in which a provider's message takes effect. */
export interface Applying {
  tx: Transaction;
  record: RecordFact;
  provider: PaymentProvider;
  /** Row of the inbox, when the message came by webhook. */
  webhookId?: string;
  now: Date;
}

/** What became of a message. RECEIVED: it speaks of something we do not know yet, and is tried again. */
export interface Outcome {
  status: 'PROCESSED' | 'IGNORED' | 'QUARANTINED' | 'RECEIVED';
  paymentId: string | null;
  reason?: string;
}
