import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { LONG_BOUNDS } from '../../../platform/db/bound-transaction.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import type { Log } from '../../../platform/log.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { eachAlone } from '../applying/each-alone.ts';
import { AHEAD_MS, chargeWhenDue } from './charge.writes.ts';
import { settleSubscription } from './settle.writes.ts';
import { subscriptionsDue } from './subscription.reads.ts';

const renew = job({
  name: 'subscription.renew',
  summary: 'Asks for what is due, again where nothing came of it, and ends what was not paid.',
  payload: z.object({}),
  everyMs: 5 * 60_000,
});

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const PAGE = 200;
/** Subscriptions looked at in one turn: 10,000. The next turn goes on behind them. */
const PAGES = 50;

export interface RenewDeps extends TransactionDeps {
  log: Log;
  /** `config.payments`. */
  settings: PaymentSettings;
}

/** Each subscription in a transaction of its own; what they entitle to does not wait for this job. */
export const renewSubscriptions = (deps: RenewDeps): JobHandler => {
  let after = FIRST_ID;
  return jobHandler({
    contract: renew,
    run: async () => {
      const endingBefore = new Date(deps.clock.now().getTime() + AHEAD_MS);
      for (let page = 0; page < PAGES; page += 1) {
        const due = await subscriptionsDue(deps.database, { endingBefore, after, limit: PAGE });
        await eachAlone(deps, due, ({ id }) => renewOne(deps, id));
        after = due.length < PAGE ? FIRST_ID : (due.at(-1)?.id ?? FIRST_ID);
        if (after === FIRST_ID) return;
      }
    },
  });
};

const renewOne = (deps: RenewDeps, id: string): Promise<void> =>
  transact(
    deps,
    async ({ tx, record, now }) => {
      const settled = await settleSubscription(tx, record, { id, now });
      if (settled) await chargeWhenDue(tx, record, { ...settled, settings: deps.settings, now });
    },
    LONG_BOUNDS,
  );
