import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { list } from './contract.ts';
import { offeredPlans } from './plan.reads.ts';
import { presentPlan } from './present.ts';

/** What can be subscribed to. */
export const listPlans = ({ database }: { database: Pick<Database, 'subscriptionPlan'> }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ audience }) => ({ items: (await offeredPlans(database, audience)).map(presentPlan) }),
  });
