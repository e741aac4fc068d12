import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { get } from './contract.ts';
import { partiesOf } from './parties.rules.ts';
import { canSeeRefund } from './policy.ts';
import { presentRefund } from './present.ts';
import { findRefundWithPayment } from './refund.reads.ts';

/** One refund; for those who have nothing to do with it there is none. */
export const getRefund = ({ database }: { database: Pick<Database, 'refund'> }) =>
  handle(get, {
    load: ({ refundId }) => findRefundWithPayment(database, refundId),
    sees: (actor, { payment }) => canSeeRefund(actor, partiesOf(payment)),
    allow: anyone,
    run: (_input, refund) => presentRefund(refund),
  });
