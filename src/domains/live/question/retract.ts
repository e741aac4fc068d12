import { anyone, handle } from '../../../kernel/handler.ts';
import { retract } from './contract.ts';
import { findWanted, type WantDeps, want } from './want.ts';

/** Takes an upvote back. */
export const retractUpvote = (deps: WantDeps) =>
  handle(retract, {
    load: (input, { actor, now }) => findWanted(deps, input, { actor, now }),
    allow: anyone,
    run: (_input, wanted, { actor, now }) => want(deps, wanted, { actor, now, isWanted: false }),
  });
