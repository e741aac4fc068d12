import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { partiesOf } from '../refund/parties.rules.ts';
import { get } from './contract.ts';
import { findDispute } from './dispute.reads.ts';
import { canAnswerDispute } from './policy.ts';
import { presentDispute } from './present.ts';

/** One dispute; for those who cannot answer it there is none. */
export const getDispute = ({ database }: { database: Pick<Database, 'dispute'> }) =>
  handle(get, {
    load: ({ disputeId }) => findDispute(database, disputeId),
    sees: (actor, { payment }) => canAnswerDispute(actor, partiesOf(payment)),
    allow: anyone,
    run: (_input, dispute) => presentDispute(dispute),
  });
