import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import type { Pictured } from '../../media/api.ts';
import { requests } from './joining/contract.ts';
import { findMembership } from './member.reads.ts';
import { findPeople, unknownPerson } from './people.ts';
import { looksAfter } from './policy.ts';
import { requestsPage } from './request.reads.ts';

/** Who asks to come into a group. */
export const listJoinRequests = ({ database, pictures }: Pictured & { database: Database }) =>
  handle(requests, {
    load: ({ chatId }, { actor }) => findMembership(database, chatId, actor.userId),
    allow: looksAfter,
    run: async ({ chatId, cursor, limit }, _membership, { now }) => {
      const rows = await requestsPage(database, chatId, { after: readCursor(cursor), limit: limit + 1 });
      const { items, nextCursor } = pageOf(rows, limit, ({ requestedAt, userId }) => ({ at: requestedAt, id: userId }));
      const userIds = items.map(({ userId }) => userId);
      const people = await findPeople(database, userIds, { pictures, now });
      return {
        items: items.map(({ userId, requestedAt }) => ({
          person: people.get(userId) ?? unknownPerson(userId),
          requestedAt: requestedAt.toISOString(),
        })),
        nextCursor,
      };
    },
  });
