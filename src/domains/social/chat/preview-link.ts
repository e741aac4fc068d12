import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { sha256 } from '../../../platform/sealing.ts';
import type { Pictured } from '../../media/api.ts';
import { findChat } from './chat.reads.ts';
import { previewLink } from './joining/contract.ts';
import { statusOf } from './joining.rules.ts';
import { findJoinStanding, findOpenLink } from './link.reads.ts';
import { countMembers } from './member.reads.ts';
import { avatarUrlOf } from './show-chat.ts';

/** Shows whoever has a link what is behind it. */
export const previewChatLink = ({ database, pictures }: Pictured & { database: Database }) =>
  handle(previewLink, {
    load: async ({ token }, { now }) => {
      const link = await findOpenLink(database, sha256(token), now);
      return link && findChat(database, link.chatId);
    },
    allow: anyone,
    run: async (_input, { id: chatId, title, joinPolicy, avatarAsset }, { actor, now }) => ({
      ...{ chatId, title, joinPolicy, avatarUrl: avatarUrlOf(avatarAsset, { pictures, now }) },
      memberCount: await countMembers(database, chatId),
      status: statusOf(await findJoinStanding(database, chatId, actor.userId)),
    }),
  });
