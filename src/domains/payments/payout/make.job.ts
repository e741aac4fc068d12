import { z } from 'zod';
import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { TransactionDeps } from '../../../platform/db/transact.ts';
import type { Log } from '../../../platform/log.ts';
import { eachAlone } from '../applying/each-alone.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { hasMassRefund } from '../earning/due.reads.ts';
import { COOL_DOWN_MS } from '../payout-account/gate.rules.ts';
import { payableHosts } from './due.reads.ts';
import { openPayout } from './open.writes.ts';

const make = job({
  name: 'payout.make',
  summary: 'Sends hosts what is available to them, to those who have a verified account.',
  payload: z.object({}),
  everyMs: 6 * 3_600_000,
});

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const PAGE = 200;
/** Hosts paid in one turn: 10,000. The next turn begins with the others, who have less money waiting by then. */
const PAGES = 50;

interface Deps extends TransactionDeps {
  log: Log;
  /** New payouts leave through it. */
  provider: PaymentProvider;
}

/** Each host is paid in a transaction of its own. A turn that dies is made up for by the next one. */
export const makeDuePayouts = (deps: Deps): JobHandler => {
  let after = FIRST_ID;
  return jobHandler({
    contract: make,
    run: async () => {
      const changedBefore = new Date(deps.clock.now().getTime() - COOL_DOWN_MS);
      for (let page = 0; page < PAGES; page += 1) {
        const hosts = await payableHosts(deps.database, { after, changedBefore, limit: PAGE });
        await eachAlone(deps, hosts, async ({ hostId, currency, accountId }) => {
          if (await hasMassRefund(deps.database, hostId)) return;
          await inTransaction(deps, deps.provider, ({ tx, record, provider, now }) =>
            openPayout(tx, record, { hostId, accountId, currency, provider, now }),
          );
        });
        after = hosts.length < PAGE ? FIRST_ID : (hosts.at(-1)?.id ?? FIRST_ID);
        if (after === FIRST_ID) return;
      }
    },
  });
};
