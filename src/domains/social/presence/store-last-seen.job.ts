import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { ALL_PARTITIONS } from '../../../platform/presence/keys.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { keepLastSeen } from '../../identity/api.writes.ts';

const storeLastSeen = job({
  name: 'presence.storeLastSeen',
  summary: 'Stores when people who left were last seen',
  payload: z.object({}),
  everyMs: 10_000,
});

/** Who comes back within this is written when they leave for good. */
const SETTLED_AFTER_MS = 30_000;

interface Deps {
  database: Database;
  presence: Pick<Presence, 'people'>;
  clock: Clock;
}

/** Nobody's coming or going writes a row: what Redis remembers of who left is written in batches, and then forgotten there. */
export const storeWhoWasSeen = ({ database, presence: { people }, clock }: Deps): JobHandler =>
  jobHandler({
    contract: storeLastSeen,
    run: async () => {
      const settledMs = clock.now().getTime() - SETTLED_AFTER_MS;
      for (const partition of ALL_PARTITIONS) {
        let cursor = '0';
        do {
          const { next, rows } = await people.leftIn(partition, cursor);
          const settled = rows.filter(({ saidAtMs }) => saidAtMs <= settledMs);
          if (settled.length > 0) {
            await keepLastSeen(
              database,
              settled.map(({ userId, seenAtMs }) => ({ userId, at: new Date(seenAtMs) })),
            );
            await people.forgetLeft(partition, settled);
          }
          cursor = next;
        } while (cursor !== '0');
      }
    },
  });
