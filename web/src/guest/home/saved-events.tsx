import { client } from '../../client.ts';
import { addresses } from '../../state/address.ts';
import { attempt } from '../../state/notice.ts';
import { usePages } from '../../state/use-pages.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { More } from '../../ui/more.tsx';
import { t } from '../../words.ts';
import { EventLine } from '../event-line.tsx';

/** Events that one wants to remember. Nothing for who has saved none. */
export const SavedEvents = () => {
  const pages = usePages('savedEvent.list', { limit: 10 });
  if (!pages.data || pages.data.length === 0) return null;
  const forget = (eventId: string): void => {
    pages.change((items) => items.filter((item) => item.eventId !== eventId));
    void attempt(client.call('savedEvent.remove', { eventId }));
  };
  return (
    <section class="home-part" aria-labelledby="saved-title">
      <h2 id="saved-title">{t('Saved')}</h2>
      <ul class="event-list">
        {pages.data.map(({ eventId, event }) => (
          <li key={eventId}>
            <EventLine event={event} href={addresses.book(eventId)}>
              <IconButton
                icon="close"
                class="above"
                label={t('No longer save {title}', { title: event.title })}
                onClick={() => forget(eventId)}
              />
            </EventLine>
          </li>
        ))}
      </ul>
      <More of={pages} />
    </section>
  );
};
