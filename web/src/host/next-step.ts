import type { Output } from '../../../src/sdk/index.ts';

type Event = Output<'event.list'>['items'][number];

/** The next step of a host with an event, and the page of the event where it is done. */
export interface NextStep {
  step: 'PUBLISH' | 'WAIT' | 'SHARE' | 'GUESTS' | 'DOOR' | 'NEW_DATE' | 'MONEY' | 'REFUNDS';
  page: 'details' | 'guests' | 'live' | 'money';
}

/** So long before the start the door is what matters. */
const DOOR_MS = 24 * 3_600_000;

/** The one thing to do next, by how an event stands. */
export const nextStepOf = (
  { status, startDate, currentParticipants }: Pick<Event, 'status' | 'startDate' | 'currentParticipants'>,
  now: Date,
): NextStep => {
  if (status === 'PUBLISHED') {
    if (Date.parse(startDate) - now.getTime() < DOOR_MS) return { step: 'DOOR', page: 'live' };
    return currentParticipants === 0 ? { step: 'SHARE', page: 'details' } : { step: 'GUESTS', page: 'guests' };
  }
  return FIXED[status];
};

const FIXED: Record<Exclude<Event['status'], 'PUBLISHED'>, NextStep> = {
  DRAFT: { step: 'PUBLISH', page: 'details' },
  PENDING_REVIEW: { step: 'WAIT', page: 'details' },
  ONGOING: { step: 'DOOR', page: 'live' },
  COMPLETED: { step: 'MONEY', page: 'money' },
  CANCELLED: { step: 'REFUNDS', page: 'money' },
  POSTPONED: { step: 'NEW_DATE', page: 'details' },
};
