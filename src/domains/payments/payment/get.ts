import { STAFF_ROLES } from '../../../kernel/actor.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { get } from './contract.ts';
import { findPayment } from './payment.reads.ts';
import { isPayer } from './policy.ts';
import { presentPayment } from './present.ts';

/** One payment; for others than its payer and staff there is none. */
export const getPayment = ({ database }: { database: Pick<Database, 'payment'> }) =>
  handle(get, {
    load: async ({ paymentId }, { actor }) => {
      const payment = await findPayment(database, paymentId);
      const mayKnow = payment !== null && (isPayer(actor, payment) || STAFF_ROLES.has(actor.role));
      return mayKnow ? payment : null;
    },
    allow: anyone,
    run: (_input, payment) => presentPayment(payment),
  });
