import type { PaymentMethod, PaymentPurpose } from '../../../generated/prisma/enums.ts';

/** What the books must know of a payment, whatever it is for. */
export interface BookedPayment {
  id: string;
  /** The payer. */
  userId: string;
  purpose: PaymentPurpose;
  method: PaymentMethod;
  /** ISO 4217. */
  currency: string;
  /** Whose earnings a booking's payment is; null for everything else. */
  hostId: string | null;
  /** What the host calls it, when they took it by hand; absent when a provider or a wallet paid. */
  byHand?: string;
}
