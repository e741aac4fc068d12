import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { keeperOf } from '../door/keeper.reads.ts';
import { canManage, standsAtDoor } from '../door/policy.ts';
import { list } from './contract.ts';
import { presentScanner } from './present.ts';
import { scannersOf } from './scanner.reads.ts';

/** The devices of an event. */
export const listScanners = ({ database }: { database: Database }) =>
  handle(list, {
    load: ({ eventId }, { actor }) => keeperOf(database, eventId, actor),
    sees: (_actor, keeper) => standsAtDoor(keeper),
    allow: (_actor, keeper) => canManage(keeper),
    run: async ({ eventId, cursor, limit }) => {
      const rows = await scannersOf(database, { eventId, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      return { items: items.map(presentScanner), nextCursor };
    },
  });
