import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { get } from './contract.ts';
import { findPayment } from './payment.reads.ts';
import { canSeePayment } from './policy.ts';
import { presentPayment } from './present.ts';

/** One payment; for others than its payer and staff there is none. */
export const getPayment = ({ database }: { database: Pick<Database, 'payment'> }) =>
  handle(get, {
    load: ({ paymentId }) => findPayment(database, paymentId),
    sees: canSeePayment,
    allow: anyone,
    run: (_input, payment) => presentPayment(payment),
  });
