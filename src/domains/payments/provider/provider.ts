import type { PaymentMessage, RefundMessage, Webhook } from './message.rules.ts';
import type { ClientAction, PaymentOrder, RefundOrder, TransferOrder } from './orders.rules.ts';

/** A payment as its provider has it. */
export interface ProviderPayment {
  message: PaymentMessage;
  /** What the payer has to do next, when there is something. */
  clientAction?: ClientAction;
}

/** Money sent to a host, as its provider has it. */
export interface ProviderTransfer {
  transferRef: string;
  status: 'IN_TRANSIT' | 'PAID' | 'RETURNED' | 'FAILED';
  amountMinor: bigint;
  currency: string;
}

/** One line of a provider's own report: money it moved on our account. */
export interface ReportLine {
  kind: 'PAYMENT' | 'REFUND';
  /** The provider's id of the payment or the refund. */
  reference: string;
  /** Minor units; what came in is positive, what went out negative. */
  amountMinor: bigint;
  currency: string;
}

/** A webhook as it arrived: header names in lower case, the body to the byte. */
export interface WebhookRequest {
  headers: Readonly<Record<string, string>>;
  body: string;
  now: Date;
}

/**
 * Whoever takes and sends money for us. Only jobs call it, never a transaction. A call with a key that was used before
 * does nothing and answers the same.
 *
 * What it throws says whether the call may have taken effect: ProviderRefused, it has not and will not; anything else,
 * nobody knows, ask later.
 */
export interface Provider {
  name: 'SANDBOX' | 'STRIPE';
  /** @param order its `paymentId` is the key */
  createPayment: (order: PaymentOrder) => Promise<ProviderPayment>;
  /** Gives up a payment that has taken nothing. @returns how it stands then, which may be that its money was taken */
  cancelPayment: (paymentRef: string) => Promise<ProviderPayment>;
  /** Null when the provider knows no such payment. */
  findPayment: (paymentRef: string) => Promise<ProviderPayment | null>;
  /** @param order its refund's id and attempt are the key */
  refund: (order: RefundOrder) => Promise<RefundMessage>;
  /** Every refund of the payment, however it was made. */
  listRefunds: (paymentRef: string) => Promise<RefundMessage[]>;
  /** Sends a host's earnings. @param order its `key` is the key */
  transfer: (order: TransferOrder) => Promise<ProviderTransfer>;
  /** The transfer made under this key; null proves that there is none. */
  findTransfer: (key: string) => Promise<ProviderTransfer | null>;
  /** Hands in what a host says about a disputed payment. */
  submitEvidence: (disputeRef: string, evidence: Readonly<Record<string, string>>) => Promise<void>;
  /** What was moved on one day, UTC. */
  report: (day: Date) => Promise<ReportLine[]>;
  /**
   * Checks signature and age, and reads. Pure: it calls nobody.
   * @throws AppError UNAUTHENTICATED for a forged or old one, INVALID_INPUT for what cannot be understood
   */
  readWebhook: (request: WebhookRequest) => Webhook;
}
