import { AppError } from '../../../kernel/errors.ts';
import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { canSeeBooking, ownsTicket } from '../booking/policy.ts';
import { lookAtBooking } from '../booking/subject.ts';
import { proof } from './contract.ts';
import { gateKeyOf } from './gate-key.reads.ts';
import { PROOF_PERIOD_SECONDS, PROOF_SKEW, proofSecret } from './proof.rules.ts';
import { bookingIdOf } from './ticket.reads.ts';

interface Deps {
  database: Database;
  sealing: Pick<Sealing, 'open'>;
}

/** The secret from which the app of a ticket's holder makes the half minute's proof, also without network. */
export const getProof = ({ database, sealing }: Deps) =>
  handle(proof, {
    load: async ({ admissionId }, { actor }) => {
      const bookingId = await bookingIdOf(database, admissionId);
      const subject = bookingId === null ? null : await lookAtBooking(database, bookingId, actor);
      const admission = subject?.booking.admissions.find(({ id }) => id === admissionId);
      return subject && admission ? { ...subject, admission } : null;
    },
    sees: (actor, subject) => canSeeBooking(actor, subject),
    allow: (actor, { booking, admission }) => ownsTicket(actor, booking, admission),
    run: async (_input, { admission, booking }) => {
      const gateKey = admission.status === 'ISSUED' ? await gateKeyOf(database, sealing, booking.eventId) : null;
      if (gateKey === null) throw new AppError('CONFLICT', `The ticket is ${admission.status}.`);
      return {
        secret: proofSecret(gateKey, admission.id, admission.generation).toString('base64'),
        periodSeconds: PROOF_PERIOD_SECONDS,
        skew: PROOF_SKEW,
      };
    },
  });
