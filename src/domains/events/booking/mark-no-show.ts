import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { bookingMissed } from '../facts.ts';
import { enteredAmong } from '../ticket/ticket.reads.ts';
import { holdersOf } from './booking.rules.ts';
import { noteNoShows } from './booking.writes.ts';
import { markNoShow } from './contract.ts';
import { holdBooking } from './lock.steps.ts';
import { canMarkNoShow, canSeeBooking } from './policy.ts';

/** Notes who was admitted and did not come; who was seen at a door did. */
export const markNoShows = () =>
  commit(markNoShow, {
    load: ({ bookingId }, { tx, actor }) => holdBooking(tx, bookingId, actor),
    sees: canSeeBooking,
    allow: canMarkNoShow,
    run: async ({ bookingId, admissionIds }, { booking, stock }, { tx, record, audit }) => {
      const { now, event } = stock;
      if (event.startDate > now) throw new AppError('CONFLICT', 'The event has not begun.');
      const issued = booking.admissions.filter(({ status }) => status === 'ISSUED');
      const asked = issued.filter(({ id }) => admissionIds === undefined || admissionIds.includes(id));
      const entered = await enteredAmong(
        tx,
        asked.map(({ id }) => id),
      );
      const noted = await noteNoShows(
        tx,
        asked.map(({ id }) => id).filter((id) => !entered.has(id)),
        now,
      );
      if (noted.length > 0) {
        const userIds = holdersOf(asked.filter(({ id }) => noted.includes(id)));
        const told = { eventId: event.id, hostId: event.hostId, bookingId, userId: booking.userId };
        await record(bookingMissed, { ...told, admissionIds: noted, userIds });
      }
      audit({ targetType: 'booking', targetId: bookingId, after: { noShow: noted } });
      return { admissionIds: noted };
    },
  });
