import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import type { ProviderMessage } from '../provider/message.rules.ts';

/** The transaction in which a provider's message takes effect. */
export interface Applying {
  tx: Transaction;
  record: RecordFact;
  provider: PaymentProvider;
  /** Row of the inbox, when the message came by webhook. */
  webhookId?: string;
  now: Date;
}

/**
 * Lets a provider's message take effect, in one transaction with everything it changes. The same message may be applied any
 * number of times and in any order with others: what comes out is the same.
 */
export type Apply = (applying: Applying, message: ProviderMessage) => Promise<Outcome>;

/** What became of a message. RECEIVED: it speaks of something we do not know yet, and is tried again. */
export interface Outcome {
  status: 'PROCESSED' | 'IGNORED' | 'QUARANTINED' | 'RECEIVED';
  paymentId: string | null;
  reason?: string;
}
