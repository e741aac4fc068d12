import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import type { Log } from '../../../platform/log.ts';
import { oneByOne } from '../../../platform/upkeep/one-by-one.ts';
import type { ApplauseStore } from './applause.store.ts';
import { runningStages } from './stage.reads.ts';
import { storeMinutes } from './stage.writes.ts';

const rollUp = job({
  name: 'live.rollUp',
  summary: 'Stores the applause and the viewers of running stages, minute by minute.',
  payload: z.object({}),
  everyMs: 60_000,
});

/** A minute that is so long past gets no more applause, and Redis may let it go. */
const SETTLED_MS = 5 * 60_000;
/** Stages that ended within this time are stored once more. */
const ENDED_WITHIN_MS = 30 * 60_000;

interface Deps extends TransactionDeps {
  applause: Pick<ApplauseStore, 'minutes' | 'forget'>;
  log: Log;
}

/** Stores absolute counts of each minute: to store one twice changes nothing. */
export const rollUpStages = (deps: Deps): JobHandler =>
  jobHandler({
    contract: rollUp,
    run: async () => {
      const now = deps.clock.now();
      const running = await runningStages(deps.database, new Date(now.getTime() - ENDED_WITHIN_MS));
      await oneByOne(deps.log, running, (eventId) => rollUpStage(deps, eventId));
    },
  });

/** Stores what one stage had so far. */
export const rollUpStage = async (deps: Omit<Deps, 'log'>, eventId: string): Promise<void> => {
  const minutes = await deps.applause.minutes(eventId);
  if (minutes.length === 0) return;
  await transact(deps, ({ tx }) => storeMinutes(tx, eventId, minutes));
  const settled = deps.clock.now().getTime() - SETTLED_MS;
  await deps.applause.forget(
    eventId,
    minutes.filter(({ at }) => at.getTime() < settled),
  );
};
