import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { type Letter, type Mailer, MailRefused } from '../../../platform/mail/mailer.ts';
import { mailAddresses } from '../../identity/api.ts';
import { endAttempt, type Leased, leaseDue } from './delivery.writes.ts';
import { notificationOf, reasonAgainst } from './relevance.reads.ts';

/** Letters that one worker sends at once; the lease outlives the slowest of them. */
const BATCH = 20;
const MAX_ATTEMPTS = 8;
const FIRST_RETRY_MS = 30_000;
const LAST_RETRY_MS = 6 * 60 * 60 * 1_000;

export const deliverDue = job({
  name: 'notification.deliverDue',
  summary: 'Sends the mail that is due, each letter at most once for what the mail server confirms.',
  payload: z.object({}),
  everyMs: 15_000,
});

interface Deps {
  database: Database;
  clock: Clock;
  /** Null where no mail server is named: letters are then suppressed, so that they do not pile up. */
  mailer: Mailer | null;
}

/** Takes what is due in batches until nothing is. A crash between sending and noting it repeats the same Message-ID. */
export const deliverDueMail = (deps: Deps): JobHandler =>
  jobHandler({
    contract: deliverDue,
    run: async () => {
      for (;;) {
        const leased = await leaseDue(deps.database, BATCH);
        await Promise.all(leased.map((delivery) => attempt(deps, delivery)));
        if (leased.length < BATCH) return;
      }
    },
  });

const attempt = async ({ database, clock, mailer }: Deps, delivery: Leased): Promise<void> => {
  const end = (ending: Parameters<typeof endAttempt>[2]) => endAttempt(database, delivery, ending);
  const told = await notificationOf(database, delivery.notificationId);
  const now = clock.now();
  const against = await reasonAgainst(database, told, now);
  if (against) return end({ status: 'SUPPRESSED', suppressionReason: against, now });
  const to = (await mailAddresses(database, [told.userId])).get(told.userId)?.email;
  if (!to || !mailer) return end({ status: 'SUPPRESSED', suppressionReason: 'NO_ENDPOINT', now });
  const failure = await failureOf(mailer, { id: delivery.id, to, subject: told.title, text: told.message });
  if (!failure) return end({ status: 'SENT', now: clock.now() });
  const lastError = failure.message.slice(0, 500);
  if (failure instanceof MailRefused || delivery.attempts >= MAX_ATTEMPTS)
    return end({ status: 'DEAD', lastError, now });
  const pauseMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 4 ** (delivery.attempts - 1));
  return end({ status: 'PENDING', lastError, nextAttemptAt: new Date(now.getTime() + pauseMs), now });
};

const failureOf = async (mailer: Mailer, letter: Letter): Promise<Error | null> => {
  try {
    await mailer.send(letter);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};
