import type { Actor } from '../../kernel/actor.ts';
import type { Transaction } from '../../platform/db/client.ts';
import { bringersOf, fellowsAmong, admittedAmong as holdersAmong } from './booking/participants.reads.ts';
import { type Audience, audienceAfter as peopleAfter } from './event/audience.reads.ts';
import { eventHeadlines } from './event/headline.reads.ts';
import { canSeeEvent, type TeamRole } from './event/policy.ts';
import { findSubject } from './event/subject.ts';
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
