import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { type Ending, endAttempt, type Leased, leaseDue } from './delivery.writes.ts';
import { notificationOf, reasonAgainst } from './relevance.reads.ts';
import type { Outcome, Way } from './way.ts';

/** What one worker sends at once by one channel; the lease outlives the slowest of them. */
const BATCH = 20;
const MAX_ATTEMPTS = 8;
const FIRST_RETRY_MS = 30_000;
const LAST_RETRY_MS = 6 * 60 * 60 * 1_000;

export const deliverDue = job({
  name: 'notification.deliverDue',
  summary: 'Sends what is due by mail and push, each at most once for what the other side confirms.',
  payload: z.object({}),
  everyMs: 15_000,
});

/** The channels that have something to send; the inbox has it already. */
type Ways = Record<Leased['channel'], Way>;

interface Deps {
  database: Database;
  clock: Clock;
  ways: Ways;
}

/** Takes what is due in batches until nothing is. No channel waits for another. */
export const deliverDueBy = (deps: Deps): JobHandler =>
  jobHandler({
    contract: deliverDue,
    run: async () => {
      await Promise.all([drain(deps, 'EMAIL'), drain(deps, 'PUSH')]);
    },
  });

const drain = async (deps: Deps, channel: Leased['channel']): Promise<void> => {
  for (;;) {
    const leased = await leaseDue(deps.database, { channel, limit: BATCH });
    await Promise.all(leased.map((delivery) => attempt(deps, delivery)));
    if (leased.length < BATCH) return;
  }
};

const attempt = async ({ database, clock, ways }: Deps, delivery: Leased): Promise<void> => {
  const told = await notificationOf(database, delivery.notificationId);
  const against = await reasonAgainst(database, told, clock.now());
  const ending: Ending = against
    ? { status: 'SUPPRESSED', suppressionReason: against }
    : endingOf(await ways[delivery.channel](told, delivery), delivery.attempts, clock.now());
  await endAttempt(database, delivery, { ...ending, now: clock.now() });
};

const endingOf = (outcome: Outcome, attempts: number, now: Date): Ending => {
  if (outcome.kind === 'SENT') return { status: 'SENT' };
  if (outcome.kind === 'NOBODY') return { status: 'SUPPRESSED', suppressionReason: 'NO_ENDPOINT' };
  const lastError = outcome.error.message.slice(0, 500);
  if (outcome.kind === 'REFUSED' || attempts >= MAX_ATTEMPTS) return { status: 'DEAD', lastError };
  const pauseMs = Math.max(FIRST_RETRY_MS * 4 ** (attempts - 1), outcome.retryAfterMs ?? 0);
  const nextAttemptAt = new Date(now.getTime() + Math.min(LAST_RETRY_MS, pauseMs));
  return { status: 'PENDING', lastError, nextAttemptAt };
};
