import { anyone, handle } from '../../../kernel/handler.ts';
import type { Submit } from '../../../platform/batcher.ts';
import { unreact } from './contract.ts';
import { findGrant, type GrantDeps } from './grant.ts';
import type { Turn } from './reaction.store.ts';

interface Deps extends GrantDeps {
  turn: Submit<Turn, Record<string, number>>;
}

/** Takes the caller's reaction back with the chat's next batch. */
export const takeReactionBack = (deps: Deps) =>
  handle(unreact, {
    load: ({ chatId }, { actor }) => findGrant(deps, chatId, actor.userId),
    allow: anyone,
    run: async ({ chatId, seq, emoji }, _membership, { actor }) => {
      const reactions = await deps.turn(chatId, { seq, emoji, userId: actor.userId, on: false });
      return { seq, reactions };
    },
  });
