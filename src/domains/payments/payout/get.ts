import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { wireMinor } from '../money/wire.rules.ts';
import { get } from './contract.ts';
import { findPayout, itemsOf } from './payout.reads.ts';
import { canSeePayout } from './policy.ts';
import { presentPayout } from './present.ts';

/** One payout; for who may not see it there is none. */
export const getPayout = ({ database }: { database: Pick<Database, 'payout' | 'payoutItem'> }) =>
  handle(get, {
    load: ({ payoutId }) => findPayout(database, payoutId),
    sees: canSeePayout,
    allow: anyone,
    run: async ({ payoutId }, payout) => {
      const items = await itemsOf(database, payoutId);
      return {
        ...presentPayout(payout),
        items: items.map(({ amount, ...item }) => ({ ...item, amountMinor: wireMinor(amount) })),
      };
    },
  });
