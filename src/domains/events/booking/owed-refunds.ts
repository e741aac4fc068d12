import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { refundsOwedByHand } from '../../payments/api.ts';
import { findStanding } from '../event/standing.reads.ts';
import { owedRefunds } from './contract.ts';
import { canSeeOwedRefunds, canSettleByHand } from './policy.ts';

/** Lists the refunds of an event that its host still has to pay by hand. */
export const listOwedRefunds = ({ database }: { database: Database }) =>
  handle(owedRefunds, {
    load: async ({ eventId }, { actor }) => ({ standing: await findStanding(database, eventId, actor) }),
    sees: canSeeOwedRefunds,
    allow: canSettleByHand,
    run: async ({ eventId, cursor, limit }) => {
      const rows = await refundsOwedByHand(database, { eventId, after: cursor, limit: limit + 1 });
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  });
