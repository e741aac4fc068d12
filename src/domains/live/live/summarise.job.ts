import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { transact } from '../../../platform/db/transact.ts';
import { oneByOne } from '../../../platform/upkeep/one-by-one.ts';
import { hostOf } from '../../events/api.ts';
import { liveSummarised } from '../facts.ts';
import { rollUpStage } from './roll-up.job.ts';
import { sumUp, unsummarised } from './stage.reads.ts';
import { markSummarised } from './stage.writes.ts';

const summarise = job({
  name: 'live.summarise',
  summary: 'Sums evenings up that are over, for their hosts.',
  payload: z.object({}),
  everyMs: 60_000,
});

/** After its end a stage is given this long for its last votes and minutes to be stored. */
const SETTLED_MS = 60_000;
const BATCH = 100;

type Deps = Parameters<typeof rollUpStage>[0] & { log: Parameters<typeof oneByOne>[0] };

/** Tells once what came of each evening. */
export const summariseStages = (deps: Deps): JobHandler =>
  jobHandler({
    contract: summarise,
    run: async () => {
      const before = new Date(deps.clock.now().getTime() - SETTLED_MS);
      await oneByOne(deps.log, await unsummarised(deps.database, before, BATCH), async (eventId) => {
        await rollUpStage(deps, eventId);
        await transact(deps, async ({ tx, record, now }) => {
          const hostId = await hostOf(tx, eventId);
          if (!(await markSummarised(tx, eventId, now)) || !hostId) return;
          await record(liveSummarised, { eventId, hostId, ...(await sumUp(tx, eventId)) });
        });
      });
    },
  });
