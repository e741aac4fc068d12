import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { blockedAmong } from '../../identity/api.ts';
import { hereCalled } from '../facts.ts';
import { presentAmong } from '../presence/present.reads.ts';
import { memberIdsAfter } from './member.reads.ts';
import { insertCalled } from './mention.writes.ts';

/** Members looked at in one step. */
const AT_ONCE = 500;

interface Deps {
  database: Database;
  presence: Pick<Presence, 'people'>;
}

/** Names those members in a message who are here at this moment, step by step; whoever is named already stays so. */
export const onHereCalled = ({ database, presence }: Deps): Subscriber =>
  subscribe({
    name: 'social.nameWhoIsHere',
    fact: hereCalled,
    run: async ({ chatId, senderId, ...message }) => {
      let after: string | null = null;
      do {
        const members: string[] = await memberIdsAfter(database, chatId, { after, limit: AT_ONCE });
        after = members.length === AT_ONCE ? (members.at(-1) ?? null) : null;
        const here = await presentAmong(presence, members);
        const blocked = await blockedAmong(database, senderId, [...here]);
        const userIds = [...here].filter((userId) => userId !== senderId && !blocked.has(userId));
        if (userIds.length === 0) continue;
        await boundTransaction(database, (tx) => insertCalled(tx, { chatId, senderId, ...message, userIds }));
      } while (after !== null);
    },
  });
