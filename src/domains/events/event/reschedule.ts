import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { movedWindows } from '../windows.rules.ts';
import { advance } from './advance.steps.ts';
import { checkFields, checkToCome } from './check-fields.steps.ts';
import { reschedule } from './contract.ts';
import type { EventRow } from './event.reads.ts';
import { updateEvent } from './event.writes.ts';
import { mayAdvance } from './lifecycle.rules.ts';
import { holdSubject } from './lock.steps.ts';
import { moveTypes, moving } from './move-types.steps.ts';
import { canSeeEvent } from './policy.ts';
import { refreshPrice } from './price.writes.ts';

/** Gives a postponed event its new dates; the windows of registration and of its kinds of tickets move along. */
export const rescheduleEvent = ({ pictures }: Pictured) =>
  commit(reschedule, {
    load: ({ eventId }, { tx, actor }) => holdSubject(tx, eventId, actor),
    sees: canSeeEvent,
    allow: mayAdvance('reschedule'),
    run: async (input, subject, context) => {
      const { event } = subject;
      const { tx, now } = context;
      const dates = { startDate: new Date(input.startDate), endDate: new Date(input.endDate) };
      checkToCome('startDate', dates.startDate, context.now);
      const move = { from: event.startDate, to: dates.startDate, timeZone: event.timeZone, now };
      const along = { ...dates, ...movedWindows(registrationOf(event), move) };
      checkFields({ ...event, ...along });
      await updateEvent(tx, event.id, along);
      await moveTypes(tx, event, { moveType: moving(move), now });
      await refreshPrice(tx, event.id);
      return advance('reschedule', subject, { ...context, pictures }, { dates, along: dates });
    },
  });

const registrationOf = ({ registrationOpensAt, registrationClosesAt }: EventRow) => ({
  registrationOpensAt,
  registrationClosesAt,
});
