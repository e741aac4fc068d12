import '../guest.css';
import { addresses } from '../../state/address.ts';
import { usePages } from '../../state/use-pages.ts';
import { More } from '../../ui/more.tsx';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { Page } from '../../ui/page.tsx';
import { plural, t } from '../../words.ts';
import { priceOf } from '../amounts.tsx';
import { bookingWord } from './booking-words.ts';

/** All own bookings, the latest first, with how each stands. */
export const BookingsPage = () => {
  const pages = usePages('booking.list', { limit: 20 });
  return (
    <Page title={t('Your bookings')} actions={<a href={addresses.invoices}>{t('Invoices and credit')}</a>}>
      <Outcome of={pages}>
        {(bookings) =>
          bookings.length === 0 ? (
            <Empty title={t('You have booked nothing yet')}>
              <a class="primary as-button" href="/">
                {t('See what is on')}
              </a>
            </Empty>
          ) : (
            <ul class="rows card">
              {bookings.map(({ id, eventTitle, reference, status, quantity, total }) => {
                const { word, tone } = bookingWord(status);
                return (
                  <li key={id} class="line spread">
                    <span>
                      <a href={addresses.booking(id)}>{eventTitle}</a>
                      <small class="block">
                        {plural(quantity, '{count} ticket', '{count} tickets')} · {priceOf(total)} ·{' '}
                        <span class="num">{reference}</span>
                      </small>
                    </span>
                    <span class={`chip ${tone}`}>{word}</span>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Outcome>
      <More of={pages} />
    </Page>
  );
};
