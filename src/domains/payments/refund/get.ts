import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { get } from './contract.ts';
import { partiesOf } from './parties.ts';
import { canSeeRefund } from './policy.ts';
import { presentRefund } from './present.ts';
import { findRefundWithPayment } from './refund.reads.ts';

/** One refund; for those who have nothing to do with it there is none. */
export const getRefund = ({ database }: { database: Pick<Database, 'refund'> }) =>
  handle(get, {
    load: async ({ refundId }, { actor }) => {
      const refund = await findRefundWithPayment(database, refundId);
      return refund && canSeeRefund(actor, partiesOf(actor, refund.payment)) ? refund : null;
    },
    allow: anyone,
    run: (_input, refund) => presentRefund(refund),
  });
