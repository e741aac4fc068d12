import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { publicNames } from '../../identity/api.ts';
import { mutesOf, readViewer } from '../standing/standing.reads.ts';
import { mutes } from './contract.ts';

/** Lists the people who are muted on the stage of an event, or were sent out, now. */
export const listMutes = ({ database }: { database: Database }) =>
  handle(mutes, {
    load: ({ eventId }, { actor, now }) => readViewer(database, eventId, { actor, now }),
    allow: (_actor, viewer) => viewer.supervises,
    run: async ({ eventId, cursor, limit }, _viewer, { now }) => {
      const rows = await mutesOf(database, eventId, { now, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ userId }) => userId);
      const names = await publicNames(
        database,
        items.map(({ userId }) => userId),
      );
      const shown = items.map(({ userId, until, isRemoved, reason }) => {
        const { firstName = '', lastName = '' } = names.get(userId) ?? {};
        return { userId, name: `${firstName} ${lastName}`.trim(), until: until.toISOString(), isRemoved, reason };
      });
      return { items: shown, nextCursor };
    },
  });
