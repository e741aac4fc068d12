import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { type Mailer, MailRefused } from '../../../platform/mail/mailer.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { filled, wordsFor } from './letter.rules.ts';
import { CODE_LIFE_MS, LINK_LIFE_MS } from './policy.ts';
import { codeOf, tokenOf } from './secrets.rules.ts';
import { openVerification } from './verification.reads.ts';

export const mailVerification = job({
  name: 'verification.mail',
  summary: 'Sends the code and the link that prove an address, to nobody but that address.',
  payload: z.object({ verificationId: z.uuid() }),
});

interface Deps {
  database: Pick<Database, 'verification' | 'emailTemplate'>;
  clock: Clock;
  sealing: Pick<Sealing, 'digest'>;
  /** Null where no mail server is named: then nobody can prove an address. */
  mailer: Mailer | null;
  /** Where people reach the server, without a slash at its end. */
  publicUrl: string;
}

/** A repeat has the same Message-ID; what was used or replaced meanwhile is not sent. */
export const mailVerificationBy = ({ database, clock, sealing, mailer, publicUrl }: Deps): JobHandler =>
  jobHandler({
    contract: mailVerification,
    run: async ({ verificationId: id }) => {
      const open = await openVerification(database, id, clock.now());
      if (!open || !mailer) return;
      const { subject, text } = await wordsFor(database, open.user.locale);
      const values = {
        code: codeOf(sealing, id),
        link: `${publicUrl}/verify-email#${tokenOf(sealing, id)}`,
        minutes: String(CODE_LIFE_MS / 60_000),
        hours: String(LINK_LIFE_MS / 3_600_000),
      };
      const letter = { id, to: open.user.email, subject: filled(subject, values), text: filled(text, values) };
      await mailer.send(letter).catch(passOverRefusal);
    },
  });

/** The address does not exist, or takes no mail: its owner sees that none comes, and a repeat cannot help. */
const passOverRefusal = (error: unknown): void => {
  if (!(error instanceof MailRefused)) throw error;
};
