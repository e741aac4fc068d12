import { handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { wireMinor } from '../money/wire.rules.ts';
import { balancesOf } from './balances.reads.ts';
import { balances } from './contract.ts';
import { canSeePayout } from './policy.ts';

/** Where somebody's earnings are, as a host and as a co-host. */
export const showBalances = ({ database }: { database: Pick<Database, '$queryRaw'> }) =>
  handle(balances, {
    load: nothing,
    allow: (actor, _subject, { hostId = actor.userId }) => canSeePayout(actor, { hostId }),
    run: async ({ hostId }, _subject, { actor }) => {
      const rows = await balancesOf(database, hostId ?? actor.userId);
      return {
        items: rows.map((row) => ({
          currency: row.currency,
          pendingMinor: wireMinor(row.pendingMinor),
          availableMinor: wireMinor(row.availableMinor),
          inTransitMinor: wireMinor(row.inTransitMinor),
          paidMinor: wireMinor(row.paidMinor),
          owedMinor: wireMinor(row.owedMinor),
        })),
      };
    },
  });
