import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageBy } from '../../../platform/db/pages.ts';
import { list } from './contract.ts';
import { listSessions } from './session.reads.ts';

interface Deps {
  database: Pick<Database, 'session'>;
}

/** The caller's open sessions. */
export const listOwnSessions = ({ database }: Deps) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ cursor, limit }, _subject, { actor, now }) => {
      const rows = await listSessions(database, { userId: actor.userId, now, after: cursor, limit: limit + 1 });
      const { items, nextCursor } = pageBy(rows, limit, ({ id }) => id);
      return { items: items.map((row) => present(row, actor.sessionId)), nextCursor };
    },
  });

type Row = Awaited<ReturnType<typeof listSessions>>[number];

const present = ({ id, address, agent, createdAt, lastUsedAt, expiresAt }: Row, currentId: string) => ({
  id,
  current: id === currentId,
  address,
  agent,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});
