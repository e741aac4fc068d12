import { anyone, handle } from '../../../kernel/handler.ts';
import type { Submit } from '../../../platform/batcher.ts';
import { read } from './contract.ts';
import type { Pointer } from './entry.rules.ts';
import { findGrant, type GrantDeps } from './grant.ts';

interface Deps extends GrantDeps {
  move: Submit<Pointer, number>;
}

/** Moves the caller's read pointer with the chat's next batch. */
export const readChat = (deps: Deps) =>
  handle(read, {
    load: ({ chatId }, { actor }) => findGrant(deps, chatId, actor.userId),
    allow: anyone,
    run: async ({ chatId, seq }, _membership, { actor }) => ({
      seq: await deps.move(chatId, { userId: actor.userId, seq }),
    }),
  });
