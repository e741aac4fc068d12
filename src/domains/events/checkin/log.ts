import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import { keeperOf } from '../door/keeper.reads.ts';
import { canSupervise, standsAtDoor } from '../door/policy.ts';
import { log } from './contract.ts';
import { scansInLog } from './log.reads.ts';
import { presentLog } from './log.steps.ts';

/** Every scan of an event. */
export const listScans = ({ database }: { database: Database }) =>
  handle(log, {
    load: ({ eventId }, { actor }) => keeperOf(database, eventId, actor),
    sees: (_actor, keeper) => standsAtDoor(keeper),
    allow: (_actor, keeper) => canSupervise(keeper),
    run: async ({ cursor, limit, ...wanted }) => {
      const rows = await scansInLog(database, { ...wanted, after: readCursor(cursor), limit: limit + 1 });
      const { items, nextCursor } = pageOf(rows, limit, ({ receivedAt, id }) => ({ at: receivedAt, id }));
      return { items: await presentLog(database, items), nextCursor };
    },
  });
