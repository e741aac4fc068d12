import { AppError } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import { findOnStage, refuseIdle, type StandingDeps } from '../standing/standing.ts';
import type { Allow } from './allowance.ts';
import { applaud } from './contract.ts';
import type { Clap } from './gather-applause.ts';

interface Deps extends StandingDeps {
  clap: Clap;
  allow: Allow;
}

/** Takes applause; it is told with the stage's next tick. */
export const applaudOnStage = (deps: Deps) =>
  handle(applaud, {
    load: ({ eventId }, { actor, now }) => findOnStage(deps, eventId, { actor, now }),
    allow: anyone,
    run: ({ eventId, emoji, count }, onStage, { actor, now }) => {
      refuseIdle(onStage, now);
      if (!onStage.stage.settings.applause) throw new AppError('CONFLICT', 'This stage takes no applause.');
      const taken = deps.allow(`${eventId} ${actor.userId}`, count, performance.now());
      if (taken > 0) deps.clap(eventId, emoji, taken);
      return { taken };
    },
  });
