import type { Actor } from '../../kernel/actor.ts';
import type { Transaction } from '../../platform/db/client.ts';
import { bringersOf, fellowsAmong, admittedAmong as holdersAmong } from './booking/participants.reads.ts';
import { doorRoomOf as roomOfDoor } from './door/room-name.rules.ts';
import { type Audience, audienceAfter as peopleAfter } from './event/audience.reads.ts';
import { eventHeadlines } from './event/headline.reads.ts';
import type { TeamRole } from './event/policy.ts';
import { canManage, canSee, canSeeAttendees, canSeeEvent } from './event/policy.ts';
import { findSubject } from './event/subject.ts';
import { type UpdateMoment, updateMoments } from './event-update/moments.reads.ts';
import { membersOf } from './host/host.reads.ts';
import { isOfferOpen as isWaitlistOfferOpen } from './waitlist/offer.reads.ts';

type Reader = Pick<Transaction, 'event'>;

/** What an event is called and when it is, by id. */
export const headlines = (reader: Reader, eventIds: readonly string[]) => eventHeadlines(reader, eventIds);

/** Whether seats of the waitlist are still kept for somebody's answer. */
export const isOfferOpen = (reader: Pick<Transaction, 'waitlistOffer'>, offerId: string): Promise<boolean> =>
  isWaitlistOfferOpen(reader, offerId);

/** Who runs an event beside its host: accepted places in its team. */
export const eventTeam = async (
  reader: Pick<Transaction, 'eventHost'>,
  eventId: string,
): Promise<{ userId: string; role: TeamRole }[]> => {
  const members = await membersOf(reader, eventId);
  return members.filter(({ acceptedAt }) => acceptedAt !== null).map(({ userId, role }) => ({ userId, role }));
};

/** Up to `limit` of the people who hold a ticket, wait or have the event on their list, after `cursor`, in the order of their ids. */
export const audienceAfter = (
  reader: Pick<Transaction, '$queryRawUnsafe'>,
  page: { audience: Audience; eventId: string; cursor: string | null; limit: number },
): Promise<string[]> => peopleAfter(reader, page);

/** Which of these people hold an issued ticket of an event. */
export const admittedAmong = (
  reader: Pick<Transaction, 'eventParticipant'>,
  eventId: string,
  userIds: readonly string[],
): Promise<Set<string>> => holdersAmong(reader, eventId, userIds);

/** Of these people, those whose tickets of an event were all booked by others, each with who booked the first. */
export const ticketBringers = (
  reader: Pick<Transaction, 'eventParticipant'>,
  eventId: string,
  userIds: readonly string[],
): Promise<Map<string, string>> => bringersOf(reader, eventId, userIds);

/** An event that somebody may see, with their standing: their place in the team, and what they hold. */
export interface EventStanding {
  hostId: string;
  title: string;
  status: string;
  /** Their place in its team. */
  role: TeamRole | null;
  /** Runs the event: its owner, co-hosts and managers. */
  manages: boolean;
  /** Keeps order at it: who runs it, and its supervisors. */
  supervises: boolean;
  /** Holds an issued ticket. */
  isAdmitted: boolean;
}

/** Gives somebody's standing to an event; null where there is no such event, or they may not know of it. */
export const standingAt = async (
  reader: Pick<Transaction, 'event' | '$queryRaw'>,
  eventId: string,
  actor: Actor,
): Promise<EventStanding | null> => {
  const subject = await findSubject(reader, eventId, actor);
  if (!subject || !canSee(subject.event, subject.standing)) return null;
  const { hostId, title, status } = subject.event;
  const { role, isAdmitted } = subject.standing;
  const rights = { manages: canManage({ role }), supervises: canSeeAttendees({ role }) };
  return { hostId, title, status, role, isAdmitted, ...rights };
};

/** Whether an entry of somebody at an event stands: a person whom the door let in. */
export const wasLetIn = async (
  reader: Pick<Transaction, 'attendance'>,
  eventId: string,
  userId: string,
): Promise<boolean> =>
  (await reader.attendance.findUnique({ where: { userId_eventId: { userId, eventId } }, select: { scanId: true } })) !==
  null;

/** Gives the id of an event's host; null where there is no such event, or it was deleted. */
export const hostOf = async (reader: Pick<Transaction, 'event'>, eventId: string): Promise<string | null> =>
  (await reader.event.findFirst({ where: { id: eventId, deletedAt: null }, select: { hostId: true } }))?.hostId ?? null;

/** Updates of an event for everybody, and those for participants to who is one, in the order they were published. */
export const updatesSince = (
  reader: Pick<Transaction, '$queryRaw'>,
  page: Parameters<typeof updateMoments>[1],
): Promise<UpdateMoment[]> => updateMoments(reader, page);

/** The room of an event's doors, which its team watches. */
export const doorRoomOf = (eventId: string): string => roomOfDoor(eventId);

/** Of these people, those who hold tickets of an event that is going on and of which the first one holds some. */
export const atOneEventAmong = (
  reader: Pick<Transaction, '$queryRaw'>,
  userId: string,
  otherIds: readonly string[],
): Promise<Set<string>> => fellowsAmong(reader, userId, otherIds);

/** Whether somebody may see an event. */
export const maySeeEvent = async (
  reader: Pick<Transaction, 'event' | '$queryRaw'>,
  actor: Actor,
  eventId: string,
): Promise<boolean> => {
  const subject = await findSubject(reader, eventId, actor);
  return subject !== null && canSeeEvent(actor, subject);
};
