import type { Database } from '../../../platform/db/client.ts';
import { type Mailer, MailRefused } from '../../../platform/mail/mailer.ts';
import { mailAddresses } from '../../identity/api.ts';
import { asError, type Way } from './way.ts';

interface Deps {
  database: Database;
  /** Null where no mail server is named: letters are then suppressed, so that they do not pile up. */
  mailer: Mailer | null;
}

/** Mail. A repeat has the same Message-ID. */
export const byMail =
  ({ database, mailer }: Deps): Way =>
  async (told, { id }) => {
    const to = (await mailAddresses(database, [told.userId])).get(told.userId)?.email;
    if (!to || !mailer) return { kind: 'NOBODY' };
    try {
      await mailer.send({ id, to, subject: told.title, text: told.message });
      return { kind: 'SENT' };
    } catch (thrown) {
      return { kind: thrown instanceof MailRefused ? 'REFUSED' : 'FAILED', error: asError(thrown) };
    }
  };
