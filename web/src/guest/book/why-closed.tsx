import { dateTime } from '../../format.ts';
import { addresses } from '../../state/address.ts';
import { Empty } from '../../ui/outcome.tsx';
import { t } from '../../words.ts';
import type { EventToBook, WhyClosed } from './order.rules.ts';

/** Says why an event cannot be booked, and what one can do instead. */
export const ClosedNotice = ({ event, reason }: { event: EventToBook; reason: WhyClosed }) => (
  <Empty title={titleOf(reason, event.timeZone)}>
    {event.cancellationNote && reason.kind === 'CANCELLED' && <p>{event.cancellationNote}</p>}
    <p>
      <a href={addresses.event(event.slug)}>{t('To the event’s page')}</a>
    </p>
  </Empty>
);

const titleOf = (reason: WhyClosed, timeZone: string): string => {
  switch (reason.kind) {
    case 'SOON':
      return t('Tickets can be had from {when}', { when: dateTime(reason.at, timeZone) });
    case 'CANCELLED':
      return t('This event was called off');
    case 'POSTPONED':
      return t('This event was put off. Tickets can be had again once it has its new date.');
    case 'OVER':
      return t('This event is over');
    case 'CLOSED':
      return t('Registration has ended');
    default:
      return t('This event is not published yet');
  }
};
