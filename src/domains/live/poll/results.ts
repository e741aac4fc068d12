import { anyone, handle } from '../../../kernel/handler.ts';
import { seesPoll } from '../standing/policy.ts';
import { findOnStage, type StandingDeps } from '../standing/standing.ts';
import { results } from './contract.ts';
import { findPoll } from './poll.reads.ts';
import { type TallyDeps, viewPoll } from './tally.ts';

/** The counts of a poll that the caller may see now. */
export const showResults = (deps: StandingDeps & TallyDeps) =>
  handle(results, {
    load: async ({ eventId, pollId }, { actor, now }) => {
      const onStage = await findOnStage(deps, eventId, { actor, now });
      const poll = onStage && (await findPoll(deps.database, eventId, pollId));
      return poll && { viewer: onStage.viewer, poll };
    },
    sees: (_actor, { poll, viewer }) => seesPoll(poll, viewer),
    allow: anyone,
    run: (_input, { poll, viewer }, { actor }) => viewPoll(deps, poll, { viewer, userId: actor.userId }),
  });
