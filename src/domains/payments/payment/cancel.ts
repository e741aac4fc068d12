import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { cancelPayment } from './cancel.writes.ts';
import { cancel } from './contract.ts';
import { lockPayment } from './lock.writes.ts';
import { findPayment } from './payment.reads.ts';
import { isPayer } from './policy.ts';
import { presentPayment } from './present.ts';
import { isCaptured } from './rank.rules.ts';

/** Gives up the caller's open payment. One that was given up before is answered as it is. */
export const cancelOwnPayment = () =>
  commit(cancel, {
    load: ({ paymentId }, { tx }) => lockPayment(tx, paymentId),
    sees: (actor, payment) => isPayer(actor, payment),
    allow: anyone,
    run: async ({ paymentId }, payment, { tx, record, audit }) => {
      const cancelled = await cancelPayment(tx, record, payment);
      if (!cancelled && isCaptured(payment.status)) {
        throw new AppError('CONFLICT', 'This payment was made. Cancel the booking to get the money back.');
      }
      audit({ targetType: 'payment', targetId: paymentId, before: { status: payment.status } });
      return presentPayment((await findPayment(tx, paymentId)) ?? payment);
    },
  });
