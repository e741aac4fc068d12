import { toString as toQr } from 'qrcode';
import { AppError } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { typeNumber } from '../ticket/code.rules.ts';
import { encodeTicket } from '../ticket/code-signature.rules.ts';
import { placeOfKey } from '../ticket/key-place.ts';
import { activeKey, validityOf } from '../ticket/ticket.reads.ts';
import { validTime } from '../ticket/valid-time.rules.ts';
import { tickets } from './contract.ts';
import { canSeeBooking, ownsTicket } from './policy.ts';
import { refuseDisputed } from './refuse-disputed.ts';
import { type BookingSubject, lookAtBooking } from './subject.ts';

interface Deps {
  database: Database;
  sealing: Sealing;
}

/** The codes of own tickets. Nobody else gets them, the event's team included: who has a code comes in with it. */
export const listTickets = ({ database, sealing }: Deps) =>
  handle(tickets, {
    load: ({ bookingId }, { actor }) => lookAtBooking(database, bookingId, actor),
    sees: canSeeBooking,
    allow: anyone,
    run: async (_input, { booking, stock }, { actor }) => {
      if (booking.status !== 'CONFIRMED')
        throw new AppError('CONFLICT', 'There are tickets once the booking is confirmed.');
      await refuseDisputed(database, booking);
      const own = booking.admissions.filter((each) => each.status === 'ISSUED' && ownsTicket(actor, booking, each));
      const key = await activeKey(database, booking.eventId);
      if (!key) throw new Error(`event ${booking.eventId} sold tickets and has no key to sign them`);
      const privateKey = sealing.open(key.privateKey, placeOfKey(key.id, 'private_key'));
      const validity = await validityOf(
        database,
        own.map(({ ticketTypeId }) => ticketTypeId),
      );
      const codeOf = codeOfAdmission(stock, { keyNumber: key.keyNumber, privateKey, validity });
      return Promise.all(
        own.map(async (admission) => {
          const code = codeOf(admission);
          return {
            admissionId: admission.id,
            code,
            qrSvg: await toQr(code, { type: 'svg', errorCorrectionLevel: 'M' }),
          };
        }),
      );
    },
  });

interface Signing {
  keyNumber: number;
  privateKey: string;
  validity: Awaited<ReturnType<typeof validityOf>>;
}

const codeOfAdmission =
  ({ event }: BookingSubject['stock'], { keyNumber, privateKey, validity }: Signing) =>
  ({ id, ticketTypeId, generation }: BookingSubject['booking']['admissions'][number]): string =>
    encodeTicket(
      {
        keyNumber,
        eventId: event.id,
        admissionId: id,
        typeNumber: typeNumber(ticketTypeId),
        generation,
        ...validTime({ event, type: validity.get(ticketTypeId) }),
      },
      privateKey,
    );
