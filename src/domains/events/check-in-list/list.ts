import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { listsOf } from '../checkin/door.reads.ts';
import { keeperOf } from '../door/keeper.reads.ts';
import { standsAtDoor } from '../door/policy.ts';
import { list } from './contract.ts';
import { presentList } from './present.ts';

/** The lists of an event. */
export const listCheckInLists = ({ database }: { database: Database }) =>
  handle(list, {
    load: ({ eventId }, { actor }) => keeperOf(database, eventId, actor),
    sees: (_actor, keeper) => standsAtDoor(keeper),
    allow: anyone,
    run: async ({ eventId }) => ({ items: (await listsOf(database, eventId)).map(presentList) }),
  });
