import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { verificationStarted } from '../facts.ts';
import { start } from './contract.ts';
import { LETTERS_WINDOW_MS, nextLetterAt } from './policy.ts';
import { lettersSince } from './verification.reads.ts';
import { insertVerification, lockAddress } from './verification.writes.ts';

/** Has a code and a link sent to the caller's own address. */
export const startVerification = () =>
  commit(start, {
    load: (_input, { tx, actor }) => lockAddress(tx, actor.userId),
    allow: anyone,
    run: async (_input, { email, emailVerified }, { tx, actor, now, record, audit }) => {
      const { userId } = actor;
      if (emailVerified) throw new AppError('CONFLICT', 'This address is proved already.');
      const sentAt = await lettersSince(tx, userId, new Date(now.getTime() - LETTERS_WINDOW_MS));
      const next = nextLetterAt(sentAt, now);
      if (next) throw tooMany(next, now);
      const started = await insertVerification(tx, { userId, email, now });
      audit({ targetType: 'verification', targetId: started.verificationId, subjectId: userId });
      await record(verificationStarted, { verificationId: started.verificationId, userId });
      return started;
    },
  });

const tooMany = (next: Date, now: Date): AppError =>
  new AppError(
    'RATE_LIMITED',
    `Several letters went there already; the next may be asked for at ${next.toISOString()}.`,
    {
      retryAfterMs: next.getTime() - now.getTime(),
    },
  );
