import type { Subscriber } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import { mediaDeleted } from '../../media/facts.ts';
import { letGoOf } from './story.writes.ts';

/** A story is its picture: without it nothing is left to show but its words. */
export const onMediaDeleted = ({ database }: { database: Database }): Subscriber =>
  subscribeInTransaction(database, {
    name: 'social.endStoriesOfDeletedFile',
    fact: mediaDeleted,
    run: (tx, { mediaId }) => letGoOf(tx, mediaId),
  });
