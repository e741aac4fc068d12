import { anyone, handle } from '../../../kernel/handler.ts';
import { upvote } from './contract.ts';
import { findWanted, type WantDeps, want } from './want.ts';

/** Wants a question answered. */
export const upvoteQuestion = (deps: WantDeps) =>
  handle(upvote, {
    load: (input, { actor, now }) => findWanted(deps, input, { actor, now }),
    allow: anyone,
    run: (_input, wanted, { actor, now }) => want(deps, wanted, { actor, now, isWanted: true }),
  });
