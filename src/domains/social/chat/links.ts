import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { links } from './joining/contract.ts';
import { openLinks } from './link.reads.ts';
import { findMembership } from './member.reads.ts';
import { looksAfter } from './policy.ts';

/** The links into a group that can be used. */
export const listLinks = ({ database }: { database: Database }) =>
  handle(links, {
    load: ({ chatId }, { actor }) => findMembership(database, chatId, actor.userId),
    allow: looksAfter,
    run: async ({ chatId }, _membership, { now }) => {
      const rows = await openLinks(database, chatId, now);
      const items = rows.map(({ id, createdAt, expiresAt, maxUses, uses }) => ({
        ...{ linkId: id, createdAt: createdAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null },
        ...{ maxUses, uses },
      }));
      return { items };
    },
  });
