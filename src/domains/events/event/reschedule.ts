import { commit } from '../../../platform/db/commit.ts';
import type { Pictured } from '../../media/api.ts';
import { advance, mayAdvance } from './advance.ts';
import { checkFields, checkToCome } from './check-fields.ts';
import { reschedule } from './contract.ts';
import { findSubject } from './subject.ts';

/** Gives a postponed event its new dates. */
export const rescheduleEvent = ({ pictures }: Pictured) =>
  commit(reschedule, {
    load: ({ eventId }, { tx, actor }) => findSubject(tx, eventId, actor),
    allow: mayAdvance('reschedule'),
    run: (input, subject, context) => {
      const dates = { startDate: new Date(input.startDate), endDate: new Date(input.endDate) };
      checkToCome('startDate', dates.startDate, context.now);
      checkFields({ ...subject.event, ...dates });
      return advance('reschedule', subject, { ...context, pictures }, { dates, along: dates });
    },
  });
