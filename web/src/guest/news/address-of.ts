import type { Output } from '../../../../src/sdk/index.ts';
import { addresses } from '../../state/address.ts';

export type Notification = Output<'notification.list'>['items'][number];

/** News for who hosts: the page of the event that it is about. */
const FOR_HOSTS: Partial<Record<Notification['type'], string>> = {
  BOOKING_REQUESTED: 'requests',
  SYSTEM: 'details',
};

/** The page on which one can do something about a piece of news; null where there is none. */
export const addressOf = ({ type, data, eventId }: Pick<Notification, 'type' | 'data' | 'eventId'>): string | null => {
  const idOf = (name: string): string | null => {
    const id = data[name];
    return typeof id === 'string' ? id : null;
  };
  const event = eventId ?? idOf('eventId');
  const hosted = FOR_HOSTS[type];
  if (hosted !== undefined && event !== null) return addresses.hosted(event, hosted);
  if (type === 'PAYOUT_PAID' || type === 'PAYOUT_FAILED') return `${addresses.hosting}/payouts`;
  if (type.startsWith('WAITLIST_') && event !== null) return addresses.book(event);
  const [chat, admission, booking] = [idOf('chatId'), idOf('admissionId'), idOf('bookingId')];
  if (chat !== null) return addresses.chat(chat);
  if (admission !== null && type !== 'TICKET_TRANSFERRED') return addresses.ticket(admission);
  if (type === 'TICKET_TRANSFERRED') return addresses.tickets;
  if (booking !== null) return addresses.booking(booking);
  return event === null ? null : addresses.book(event);
};
