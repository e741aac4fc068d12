import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { deleteStaleSessions, deleteStaleTokens } from './expired.writes.ts';

/** Rows deleted in one statement, so that none holds its locks for long. */
const BATCH = 2_000;

const sweepExpired = job({
  name: 'session.sweepExpired',
  summary: 'Deletes refresh tokens and sessions that are long over: each device leaves a hundred used tokens a day.',
  payload: z.object({}),
  everyMs: 60 * 60 * 1_000,
});

interface Deps {
  database: Database;
  clock: Clock;
}

export const sweepExpiredSessions = ({ database, clock }: Deps): JobHandler =>
  jobHandler({
    contract: sweepExpired,
    run: async () => {
      const now = clock.now();
      await untilShort(() => deleteStaleTokens(database, now, BATCH));
      await untilShort(() => deleteStaleSessions(database, now, BATCH));
    },
  });

/** Repeats a batch until one is not full. */
const untilShort = async (batch: () => Promise<number>): Promise<void> => {
  while ((await batch()) === BATCH);
};
