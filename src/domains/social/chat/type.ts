import { anyone, handle } from '../../../kernel/handler.ts';
import { type } from './contract.ts';
import { findGrant, type GrantDeps } from './grant.ts';
import { refuseSilenced } from './silence.rules.ts';
import type { Typing } from './typing-rooms.ts';

interface Deps extends GrantDeps {
  typing: Pick<Typing, 'tell'>;
}

/** Tells who is in the chat right now that the caller is typing. */
export const typeInChat = (deps: Deps) =>
  handle(type, {
    load: ({ chatId }, { actor }) => findGrant(deps, chatId, actor.userId),
    allow: anyone,
    run: ({ chatId }, membership, { actor, now }) => {
      refuseSilenced(membership, now);
      deps.typing.tell(chatId, actor.userId);
      return {};
    },
  });
