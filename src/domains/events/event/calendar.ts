import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { calendarFile, uidHost } from './calendar/calendar-file.ts';
import { idOf } from './event.reads.ts';
import { canSeeEvent, canSeeOnlineUrl } from './policy.ts';
import { calendar } from './public/contract.ts';
import { findSubject } from './subject.ts';

interface Deps {
  database: Database;
  config: { payments: Pick<PaymentSettings, 'publicUrl'> };
}

/** An event as an entry of a calendar. */
export const getEventCalendar = ({ database, config }: Deps) =>
  handle(calendar, {
    load: async ({ eventId: given }, { actor }) => {
      const eventId = await idOf(database, given);
      return eventId === null ? null : findSubject(database, eventId, actor);
    },
    sees: canSeeEvent,
    allow: anyone,
    run: (_input, { event, standing }, { now }) => {
      const { publicUrl } = config.payments;
      const text = calendarFile({
        uid: `event-${event.id}@${uidHost(publicUrl)}`,
        event,
        address: `${publicUrl}/e/${event.slug}`,
        onlineUrl: canSeeOnlineUrl(standing) ? event.onlineUrl : null,
        now,
      });
      return { filename: `${event.slug}.ics`, text };
    },
  });
