import { anyone, handle } from '../../../kernel/handler.ts';
import type { Submit } from '../../../platform/batcher.ts';
import { react } from './contract.ts';
import { findGrant, type GrantDeps } from './grant.ts';
import type { Turn } from './reaction.store.ts';
import { refuseSilenced } from './silence.rules.ts';

interface Deps extends GrantDeps {
  turn: Submit<Turn, Record<string, number>>;
}

/** Adds the reaction with the chat's next batch. Every member may. */
export const reactToMessage = (deps: Deps) =>
  handle(react, {
    load: ({ chatId }, { actor }) => findGrant(deps, chatId, actor.userId),
    allow: anyone,
    run: async ({ chatId, seq, emoji }, membership, { actor, now }) => {
      refuseSilenced(membership, now);
      const reactions = await deps.turn(chatId, { seq, emoji, userId: actor.userId, on: true });
      return { seq, reactions };
    },
  });
