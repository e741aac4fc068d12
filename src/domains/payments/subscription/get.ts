import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { get } from './contract.ts';
import { presentSubscription } from './present.ts';
import { findLast, findLive, findOpenCharge, readStanding } from './subscription.reads.ts';

/** The caller's subscription as it stands now, whether or not a job has written that down yet. */
export const getOwnSubscription = ({ database }: { database: Pick<Database, 'subscription' | 'payment'> }) =>
  handle(get, {
    load: nothing,
    allow: anyone,
    run: async (_input, _subject, { actor, now }) => {
      const row = (await findLive(database, actor.userId)) ?? (await findLast(database, actor.userId));
      if (row === null) return { subscription: null };
      const standing = await readStanding(database, row, now);
      const open = await findOpenCharge(database, row.id);
      return { subscription: presentSubscription({ subscription: row, standing, open }) };
    },
  });
