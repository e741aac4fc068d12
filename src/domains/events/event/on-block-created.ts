import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Ephemera } from '../../../platform/rooms/ephemera.ts';
import { blockCreated } from '../../identity/facts.ts';
import { eventIdsToCome } from './event.reads.ts';
import { roomOf } from './room-name.rules.ts';

interface Deps {
  database: Database;
  ephemera: Pick<Ephemera, 'recheck'>;
}

/**
 * Sends each of two people out of the rooms of the other's events, unless they hold a ticket. It is asked anew and no entry says
 * it: nobody is to learn of the block.
 */
export const onBlockCreated = ({ database, ephemera }: Deps): Subscriber =>
  subscribe({
    name: 'events.sendOutBlocked',
    fact: blockCreated,
    urgency: 'AT_ONCE',
    run: async ({ blockerId, blockedId, kind }) => {
      if (kind !== 'BLOCK') return;
      const sendOut = async (hostId: string, userId: string): Promise<void> => {
        for (const eventId of await eventIdsToCome(database, hostId)) await ephemera.recheck(roomOf(eventId), [userId]);
      };
      await sendOut(blockerId, blockedId);
      await sendOut(blockedId, blockerId);
    },
  });
