import { STAFF_ROLES } from '../../../kernel/actor.ts';
import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf } from '../page.ts';
import { findPayment } from '../payment/payment.reads.ts';
import { partiesOf } from '../refund/parties.ts';
import { list } from './contract.ts';
import { listDisputes } from './dispute.reads.ts';
import { canAnswerDispute } from './policy.ts';
import { presentDispute } from './present.ts';

/** Disputes of a payment, or all of them. */
export const listKnownDisputes = ({ database }: { database: Pick<Database, 'dispute' | 'payment'> }) =>
  handle(list, {
    load: async ({ paymentId }, { actor }) => {
      if (paymentId === undefined) return { isEverybodys: true };
      const payment = await findPayment(database, paymentId);
      return payment && canAnswerDispute(actor, partiesOf(actor, payment)) ? { isEverybodys: false } : null;
    },
    allow: (actor, { isEverybodys }) => !isEverybodys || STAFF_ROLES.has(actor.role),
    run: async ({ paymentId, cursor, limit }) => {
      const rows = await listDisputes(database, { paymentId, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageOf(rows, limit);
      return { items: items.map(presentDispute), nextCursor };
    },
  });
