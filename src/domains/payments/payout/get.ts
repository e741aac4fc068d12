import { STAFF_ROLES } from '../../../kernel/actor.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { wireMinor } from '../money/wire.ts';
import { get } from './contract.ts';
import { findPayout, itemsOf } from './payout.reads.ts';
import { canSeePayout } from './policy.ts';
import { presentPayout } from './present.ts';

/** One payout; for who may not see it there is none. */
export const getPayout = ({ database }: { database: Pick<Database, 'payout' | 'payoutItem'> }) =>
  handle(get, {
    load: async ({ payoutId }, { actor }) => {
      const payout = await findPayout(database, payoutId);
      const isStaff = STAFF_ROLES.has(actor.role);
      return payout && canSeePayout(actor, { hostId: payout.hostId, isStaff }) ? payout : null;
    },
    allow: anyone,
    run: async ({ payoutId }, payout) => {
      const items = await itemsOf(database, payoutId);
      return {
        ...presentPayout(payout),
        items: items.map(({ amount, ...item }) => ({ ...item, amountMinor: wireMinor(amount) })),
      };
    },
  });
