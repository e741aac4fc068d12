import type { EventCancellationReason } from '../../../generated/prisma/enums.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import {
  eventCancelled,
  eventCompleted,
  eventPostponed,
  eventPublished,
  eventRescheduled,
  eventReturned,
  eventStarted,
  eventSubmitted,
} from '../facts.ts';
import { toTime } from '../times.rules.ts';
import type { EventRow } from './event.reads.ts';
import type { EdgeName } from './lifecycle.rules.ts';

/** What there is to tell of a step in an event’s life. */
export interface Step {
  record: RecordFact;
  /** As it was before. */
  event: Pick<EventRow, 'id' | 'hostId' | 'title' | 'startDate' | 'endDate'>;
  /** Null when the clock did it. */
  actorId: string | null;
  now: Date;
  note?: string | null | undefined;
  reason?: EventCancellationReason;
  /** New dates. */
  dates?: { startDate: Date; endDate: Date };
  /** False when an edit gave them. */
  wasPostponed?: boolean;
}

const about = ({ event }: Step) => ({ eventId: event.id, hostId: event.hostId });
/** Steps that only people take always have an actor. */
const by = ({ actorId, event }: Step): string => actorId ?? event.hostId;

const tellReturn = (step: Step): Promise<void> =>
  step.record(eventReturned, { ...about(step), returnedBy: by(step), reason: step.note ?? null });

const tellPublication = (step: Step): Promise<void> => {
  const { title, startDate, endDate } = step.event;
  const dates = { startDate: toTime(startDate), endDate: toTime(endDate), publishedAt: toTime(step.now) };
  return step.record(eventPublished, { ...about(step), title, ...dates });
};

/** How each step is told: one fact each. */
export const REPORTS: Record<EdgeName, (step: Step) => Promise<void>> = {
  submit: (step) => step.record(eventSubmitted, { ...about(step), submittedBy: by(step) }),
  withdraw: tellReturn,
  reject: tellReturn,
  approve: tellPublication,
  publish: tellPublication,
  start: (step) => step.record(eventStarted, { ...about(step), startedAt: toTime(step.now) }),
  complete: (step) => step.record(eventCompleted, { ...about(step), completedAt: toTime(step.now) }),
  postpone: (step) =>
    step.record(eventPostponed, { ...about(step), note: step.note ?? null, postponedAt: toTime(step.now) }),
  reschedule: (step) => {
    const { startDate, endDate } = step.dates ?? step.event;
    const dates = { startDate: toTime(startDate), endDate: toTime(endDate) };
    const previousStartDate = toTime(step.event.startDate);
    const told = { wasPostponed: step.wasPostponed ?? true, rescheduledAt: toTime(step.now) };
    return step.record(eventRescheduled, { ...about(step), ...dates, previousStartDate, ...told });
  },
  cancel: (step) =>
    step.record(eventCancelled, {
      ...about(step),
      cancelledBy: by(step),
      reason: step.reason ?? 'OTHER',
      note: step.note ?? null,
      cancelledAt: toTime(step.now),
    }),
};
