import type { z } from 'zod';
import type { PaymentMethod } from '../../../generated/prisma/enums.ts';
import type { ClientAction as ClientActionSchema } from '../payment/contract.ts';

export type ClientAction = z.output<typeof ClientActionSchema>;

/** What a provider is to take. */
export interface PaymentOrder {
  paymentId: string;
  amountMinor: bigint;
  currency: string;
  method: PaymentMethod;
}

/** What a provider is to send back. */
export interface RefundOrder {
  refundId: string;
  /** Part of the key: grows only after it was proved that the attempt before has not taken effect. */
  attempt: number;
  paymentRef: string;
  /** What the payment took, as our books have it. */
  capturedMinor: bigint;
  amountMinor: bigint;
  currency: string;
}

/** What a provider is to send to a host. */
export interface TransferOrder {
  /** `{payoutId}:{attempt}` */
  key: string;
  /** The provider's name for where it goes. */
  destination: string;
  amountMinor: bigint;
  currency: string;
}
