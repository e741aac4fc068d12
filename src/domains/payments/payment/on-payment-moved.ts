import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { paymentMoved } from '../facts.ts';
import { changed } from './contract.ts';
import { findPayment } from './payment.reads.ts';
import { presentPayment } from './present.ts';

interface Deps {
  database: Pick<Database, 'payment'>;
  sockets: Pick<Sockets, 'tellUser'>;
}

/** Shows the payer's devices the payment as it is now; late or repeated, it is never older than what they have. */
export const onPaymentMoved = ({ database, sockets }: Deps): Subscriber =>
  subscribe({
    name: 'payments.tellPayer',
    fact: paymentMoved,
    run: async ({ paymentId, userId }) => {
      const payment = await findPayment(database, paymentId);
      if (payment) sockets.tellUser(userId, changed, presentPayment(payment));
    },
  });
