import { PaymentMethod } from '../../../generated/prisma/enums.ts';

/** Ways to pay that go to the host, past every provider and past us. */
export const BY_HAND = [PaymentMethod.CASH, PaymentMethod.BANK_TRANSFER] as const;

export type ByHand = (typeof BY_HAND)[number];

/** Whether this is paid to the host by hand. */
export const isByHand = (method: PaymentMethod): method is ByHand => BY_HAND.some((each) => each === method);
