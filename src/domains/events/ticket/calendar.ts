import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { lookAtBooking } from '../booking/subject.ts';
import { calendarFile, uidHost } from '../event/calendar/calendar-file.ts';
import { findEvent } from '../event/event.reads.ts';
import { calendar } from './contract.ts';
import { canKeepTicket } from './policy.ts';
import { changedAtOf } from './ticket.reads.ts';

interface Deps {
  database: Database;
  config: { payments: Pick<PaymentSettings, 'publicUrl'> };
}

/** A ticket as an entry of its holder's calendar. */
export const getTicketCalendar = ({ database, config }: Deps) =>
  handle(calendar, {
    load: async ({ admissionId }, { actor }) => {
      const ticket = await changedAtOf(database, admissionId);
      if (ticket?.bookingId == null) return null;
      const subject = await lookAtBooking(database, ticket.bookingId, actor);
      const event = subject && (await findEvent(database, subject.stock.event.id));
      const admission = subject?.booking.admissions.find(({ id }) => id === admissionId);
      return subject && event && admission ? { ...subject, event, admission, changedAt: ticket.updatedAt } : null;
    },
    sees: canKeepTicket,
    allow: canKeepTicket,
    run: (_input, { event, admission, changedAt }, { now }) => {
      const { publicUrl } = config.payments;
      const isHeld = admission.status === 'ISSUED' || admission.status === 'RESERVED';
      const text = calendarFile({
        uid: `ticket-${admission.id}@${uidHost(publicUrl)}`,
        event,
        address: `${publicUrl}/app/tickets/${admission.id}`,
        onlineUrl: admission.status === 'ISSUED' ? event.onlineUrl : null,
        isCancelled: !isHeld,
        changedAt,
        now,
      });
      return { filename: `${event.slug}.ics`, text };
    },
  });
