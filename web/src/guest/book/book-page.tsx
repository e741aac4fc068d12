import '../guest.css';
import { useState } from 'preact/hooks';
import { client } from '../../client.ts';
import { Outcome } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { t } from '../../words.ts';
import { EventHead } from '../event-head.tsx';
import { OpenBookings } from './open-bookings.tsx';
import { type EventToBook, whyClosed } from './order.rules.ts';
import { OrderForm } from './order-form.tsx';
import { useEventToBook } from './use-event-to-book.ts';
import { WaitlistPanel } from './waitlist-panel.tsx';
import { ClosedNotice } from './why-closed.tsx';

/** Where one chooses tickets of an event. A code that opens hidden kinds is part of what is asked for. */
export const BookPage = ({ eventId }: { eventId: string }) => {
  const [code, setCode] = useState(() => new URLSearchParams(location.search).get('code') ?? undefined);
  const { loaded, changes } = useEventToBook(eventId, code);
  return (
    <Page title={t('Get tickets')}>
      <Outcome of={loaded}>
        {(event) => (
          <>
            <EventHead event={event} />
            <OpenBookings eventId={event.id} />
            <Choice {...{ event, changes, code }} onCode={setCode} />
          </>
        )}
      </Outcome>
    </Page>
  );
};

interface ChoiceProps {
  event: EventToBook;
  changes: number;
  code: string | undefined;
  onCode: (code: string | undefined) => void;
}

const Choice = ({ event, ...more }: ChoiceProps) => {
  const reason = whyClosed(event, client.serverNowMs());
  if (reason) return <ClosedNotice {...{ event, reason }} />;
  return (
    <>
      <WaitlistPanel event={event} />
      <OrderForm event={event} {...more} />
    </>
  );
};
