import type { FactContract, PayloadOf } from '../../kernel/contract.ts';
import { type Subscriber, subscribe } from '../../kernel/domain.ts';
import { type Bounds, USUAL_BOUNDS } from '../db/bound-transaction.ts';
import type { Database, Transaction } from '../db/client.ts';
import { claimDelivery } from './marks.ts';

/** A subscriber all of whose work is one transaction. */
interface Transactional<F extends FactContract> {
  name: string;
  fact: F;
  run: (tx: Transaction, payload: PayloadOf<F>, factId: string) => Promise<void>;
  bounds?: Bounds;
}

/** `subscribe` for such a one: the transaction also says that the fact was delivered, so that it takes effect once. */
export const subscribeInTransaction = <F extends FactContract>(
  database: Database,
  { name, fact, run, bounds = USUAL_BOUNDS }: Transactional<F>,
): Subscriber =>
  subscribe({
    name,
    fact,
    marksItself: true,
    run: (payload, factId) =>
      database.$transaction(
        async (tx) => {
          if (await claimDelivery(tx, { factId, subscriber: name }, bounds)) await run(tx, payload, factId);
        },
        { maxWait: bounds.maxWaitMs, timeout: bounds.timeoutMs },
      ),
  });
