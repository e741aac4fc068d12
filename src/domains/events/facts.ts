import { z } from 'zod';
import { EventCancellationReason, EventHostRole, UpdateAudience, UpdateKind } from '../../generated/prisma/enums.ts';
import { fact } from '../../kernel/contract.ts';

const Time = z.iso.datetime();
const ofEvent = z.object({ eventId: z.uuid(), hostId: z.uuid() });

export const eventSubmitted = fact({
  name: 'event.submitted',
  summary: 'The team asked staff to look at a draft before it is published.',
  payload: ofEvent.extend({ submittedBy: z.uuid() }),
});

export const eventReturned = fact({
  name: 'event.returned',
  summary: 'An event went back from review to draft: staff rejected it, or the team withdrew it.',
  payload: ofEvent.extend({ returnedBy: z.uuid(), reason: z.string().nullable() }),
});

export const eventPublished = fact({
  name: 'event.published',
  summary: 'An event went on sale for the first time.',
  payload: ofEvent.extend({ title: z.string(), startDate: Time, endDate: Time, publishedAt: Time }),
});

export const eventUpdated = fact({
  name: 'event.updated',
  summary: 'What an event says of itself changed. `changed` names the fields, also of its ticket types (`ticketTypes`).',
  payload: ofEvent.extend({ changed: z.array(z.string()).min(1), updatedBy: z.uuid() }),
});

export const eventPostponed = fact({
  name: 'event.postponed',
  summary: 'An event will not be when it was announced; its bookings stay and nothing is sold.',
  payload: ofEvent.extend({ note: z.string().nullable(), postponedAt: Time }),
});

export const eventRescheduled = fact({
  name: 'event.rescheduled',
  summary: 'A postponed event has its new dates and is on sale again.',
  payload: ofEvent.extend({ startDate: Time, endDate: Time, previousStartDate: Time }),
});

export const eventStarted = fact({
  name: 'event.started',
  summary: 'An event’s start has come.',
  payload: ofEvent.extend({ startedAt: Time }),
});

export const eventCompleted = fact({
  name: 'event.completed',
  summary: 'An event is over and took place.',
  payload: ofEvent.extend({ completedAt: Time }),
});

export const eventCancelled = fact({
  name: 'event.cancelled',
  summary: 'An event will not take place: its bookings are cancelled and paid back, its offers revoked.',
  payload: ofEvent.extend({
    cancelledBy: z.uuid(),
    reason: z.enum(EventCancellationReason),
    note: z.string().nullable(),
    cancelledAt: Time,
  }),
});

export const eventArchived = fact({
  name: 'event.archived',
  summary: 'A finished or cancelled event was put away: it is found by its address only.',
  payload: ofEvent.extend({ archivedAt: Time }),
});

export const eventDeleted = fact({
  name: 'event.deleted',
  summary: 'A draft was thrown away.',
  payload: ofEvent,
});

export const eventNarrowed = fact({
  name: 'event.audienceNarrowed',
  summary: 'Fewer people than before may see an event, or other ones: who watches its room is asked again.',
  payload: ofEvent,
});

export const seatsFreed = fact({
  name: 'seats.freed',
  summary: 'Seats may be claimed that could not be before: released, returned, or added. Null is the whole event.',
  payload: z.object({ eventId: z.uuid(), ticketTypeId: z.uuid().nullable() }),
});

export const updatePublished = fact({
  name: 'eventUpdate.published',
  summary: 'The team told people something about the event.',
  payload: ofEvent.extend({
    updateId: z.uuid(),
    authorId: z.uuid(),
    kind: z.enum(UpdateKind),
    audience: z.enum(UpdateAudience),
    title: z.string(),
  }),
});

export const hostInvited = fact({
  name: 'host.invited',
  summary: 'Somebody was asked to join an event’s team.',
  payload: ofEvent.extend({ userId: z.uuid(), role: z.enum(EventHostRole), invitedBy: z.uuid() }),
});

export const hostJoined = fact({
  name: 'host.joined',
  summary: 'Somebody took a place in an event’s team.',
  payload: ofEvent.extend({ userId: z.uuid(), role: z.enum(EventHostRole) }),
});

export const hostChanged = fact({
  name: 'host.changed',
  summary: 'A team member has another role.',
  payload: ofEvent.extend({ userId: z.uuid(), role: z.enum(EventHostRole), previousRole: z.enum(EventHostRole) }),
});

export const hostLeft = fact({
  name: 'host.left',
  summary: 'Somebody is in an event’s team no longer, or turned an invitation down.',
  payload: ofEvent.extend({ userId: z.uuid(), role: z.enum(EventHostRole), removedBy: z.uuid() }),
});
