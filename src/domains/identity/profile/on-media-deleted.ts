import type { Subscriber } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import { mediaDeleted } from '../../media/facts.ts';
import { findOwnAccount } from './profile.reads.ts';
import { letGoOf, setPictures } from './profile.writes.ts';

interface Deps {
  database: Database;
  clock: Clock;
}

/** A profile whose avatar was deleted shows none, and is filled in less than before. */
export const onMediaDeleted = ({ database, clock }: Deps): Subscriber =>
  subscribeInTransaction(database, {
    name: 'identity.measureProfileAgain',
    fact: mediaDeleted,
    run: async (tx, { mediaId, ownerId: userId }) => {
      await letGoOf(tx, mediaId);
      const account = await findOwnAccount(tx, userId);
      if (account) await setPictures(tx, { userId, profile: account.profile, change: {}, now: clock.now() });
    },
  });
