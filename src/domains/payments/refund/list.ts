import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { findPayment } from '../payment/payment.reads.ts';
import { list } from './contract.ts';
import { partiesOf } from './parties.rules.ts';
import { canSeeRefund } from './policy.ts';
import { presentRefund } from './present.ts';
import { listRefunds } from './refund.reads.ts';

/** The refunds of one payment. */
export const listRefundsOfPayment = ({ database }: { database: Pick<Database, 'payment' | 'refund'> }) =>
  handle(list, {
    load: ({ paymentId }) => findPayment(database, paymentId),
    sees: (actor, payment) => canSeeRefund(actor, partiesOf(payment)),
    allow: anyone,
    run: async ({ paymentId, cursor, limit }) => {
      const rows = await listRefunds(database, { paymentId, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      return { items: items.map(presentRefund), nextCursor };
    },
  });
