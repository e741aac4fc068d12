import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { findPayment } from '../payment/payment.reads.ts';
import { partiesOf } from '../refund/parties.rules.ts';
import { list } from './contract.ts';
import { listDisputes } from './dispute.reads.ts';
import { canAnswerDispute } from './policy.ts';
import { presentDispute } from './present.ts';

/** Disputes of a payment. */
export const listDisputesOfPayment = ({ database }: { database: Pick<Database, 'dispute' | 'payment'> }) =>
  handle(list, {
    load: ({ paymentId }) => findPayment(database, paymentId),
    sees: (actor, payment) => canAnswerDispute(actor, partiesOf(payment)),
    allow: anyone,
    run: async ({ paymentId, cursor, limit }) => {
      const rows = await listDisputes(database, { paymentId, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      return { items: items.map(presentDispute), nextCursor };
    },
  });
