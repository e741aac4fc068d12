import { commit } from '../../../platform/db/commit.ts';
import { refuseOffStep } from '../money/step.rules.ts';
import { leftOf } from '../payment/left.rules.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import { create } from './contract.ts';
import { partiesOf } from './parties.rules.ts';
import { canRefund, canSeeRefund } from './policy.ts';
import { requestRefund } from './request.writes.ts';

/** Sends money back because a host or staff wants to, beside what cancellations send back by rule. */
export const createRefund = () =>
  commit(create, {
    load: async ({ paymentId }, { tx }) => {
      const payment = await lockPayment(tx, paymentId);
      return payment && { payment, parties: partiesOf(payment) };
    },
    sees: (actor, { parties }) => canSeeRefund(actor, parties),
    allow: (actor, { parties }) => canRefund(actor, parties),
    run: async ({ participantId, amountMinor, note }, { payment, parties }, { tx, record, actor, audit, now }) => {
      if (amountMinor !== undefined) refuseOffStep('amountMinor', BigInt(amountMinor), payment.currency);
      const refund = await requestRefund(tx, record, {
        paymentId: payment.id,
        bookingId: payment.bookingId,
        ...(participantId === undefined ? {} : { participantId }),
        ...(note === undefined ? {} : { note }),
        amountMinor: amountMinor === undefined ? leftOf(payment) : BigInt(amountMinor),
        reason: 'GOODWILL',
        initiator: actor.userId === parties.hostId ? 'HOST' : 'PLATFORM',
        requestedById: actor.userId,
        now,
      });
      audit({ targetType: 'payment', targetId: payment.id, after: { refundId: refund.id, amount: refund.amount } });
      return refund;
    },
  });
