import type { PaymentPurpose, RefundReason } from '../../../generated/prisma/enums.ts';

/** What is given out of goodwill, or was sent by the provider unasked, nobody is owed. */
const NOT_OWED: ReadonlySet<RefundReason> = new Set(['GOODWILL', 'EXTERNAL']);

interface Sent {
  reason: RefundReason;
  purpose: PaymentPurpose;
}

/**
 * Whether a refund that fails is owed all the same: a rule, not a favour, says that the money goes back. The credit of a
 * top-up is spendable again when its refund fails, so nothing of it is owed.
 */
export const isOwed = ({ reason, purpose }: Sent): boolean => purpose !== 'WALLET_TOP_UP' && !NOT_OWED.has(reason);
