import { z } from 'zod';
import { job } from '../../../src/kernel/contract.ts';
import { createJobs } from '../../../src/platform/jobs/jobs.ts';
import { createLog } from '../../../src/platform/log.ts';
import type { Stage } from './stage.ts';

const reconcile = job({ name: 'reconciliation.reconcile', summary: 'Its own turn, sooner', payload: z.object({}) });

/** The servers' clocks cannot be moved, so what has to grow old is moved into the past. */
export interface Time {
  /** The hold of a booking, or of all, is over. Repeated until PostgreSQL has taken it. */
  endHolds: (bookingId?: string) => Promise<void>;
  /** What rests has rested for minutes, and is looked after now. Does nothing while PostgreSQL is away. */
  letRest: () => Promise<void>;
}

const OLDER = "interval '31 minutes'";
const RESTED = "interval '4 minutes'";

export const createTime = ({ database, redis }: Pick<Stage, 'database' | 'redis'>): Time => {
  const jobs = createJobs(redis, createLog('silent'));
  return {
    endHolds: async (bookingId) => {
      const [ofBooking, ofHold] =
        bookingId === undefined ? ['', ''] : [`AND id = '${bookingId}'`, `AND booking_id = '${bookingId}'`];
      await untilTaken(() =>
        database.$transaction([
          database.$executeRawUnsafe(`UPDATE bookings SET hold_expires_at = hold_expires_at - ${OLDER},
            created_at = created_at - ${OLDER} WHERE status IN ('HELD', 'AWAITING_PAYMENT') AND hold_expires_at > now() ${ofBooking}`),
          database.$executeRawUnsafe(`UPDATE inventory_holds SET expires_at = expires_at - ${OLDER},
            created_at = created_at - ${OLDER} WHERE state = 'HELD' AND expires_at > now() ${ofHold}`),
        ]),
      );
    },
    letRest: async () => {
      try {
        await database.$executeRawUnsafe(`UPDATE payments SET updated_at = updated_at - ${RESTED}
          WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'FAILED') AND updated_at > now() - ${RESTED}`);
        await database.$executeRawUnsafe(`UPDATE refunds SET updated_at = updated_at - ${RESTED}
          WHERE status IN ('REQUESTED', 'SUBMITTED', 'UNKNOWN') AND updated_at > now() - ${RESTED}`);
        await database.$executeRawUnsafe(`UPDATE payment_webhook_events SET processed_at = processed_at - ${RESTED}
          WHERE status = 'RECEIVED' AND processed_at > now() - ${RESTED}`);
        await jobs.later(reconcile, {}, { id: 'turn' });
      } catch {
        // PostgreSQL has just been killed: the next turn comes.
      }
    },
  };
};

/** Ten minutes of a PostgreSQL that takes nothing. */
const MAX_TURNS = 3_000;

const untilTaken = async (run: () => Promise<unknown>): Promise<void> => {
  for (let turn = 1; ; turn += 1) {
    try {
      await run();
      return;
    } catch (error) {
      if (turn === MAX_TURNS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
};
