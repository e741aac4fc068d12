import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import { blockedAmong } from '../../identity/api.ts';
import { blockCreated } from '../../identity/facts.ts';
import { endTies } from './friendship.writes.ts';

/** Ends what connects two people between whom a block stands by now: facts may come late. */
export const onBlockCreated = ({ database }: { database: Database }): Subscriber =>
  subscribe({
    name: 'social.endTiesOfBlocked',
    fact: blockCreated,
    urgency: 'NEXT',
    run: ({ blockerId, blockedId, kind }) =>
      boundTransaction(database, async (tx) => {
        if (kind !== 'BLOCK' || (await blockedAmong(tx, blockerId, [blockedId])).size === 0) return;
        await endTies(tx, blockerId, blockedId);
      }),
  });
