import { addresses } from '../../state/address.ts';
import { Empty } from '../../ui/outcome.tsx';
import { t } from '../../words.ts';
import type { Booking, PartProps } from './booking-page.tsx';

/** Says why a booking is no more, and what one can do now. */
export const Ended = ({ booking }: PartProps) => {
  const [title, words] = sentencesOf(booking.status);
  return (
    <Empty title={title}>
      <p>{words}</p>
      <p>
        <a class="primary as-button" href={addresses.book(booking.eventId)}>
          {t('Choose again')}
        </a>
      </p>
    </Empty>
  );
};

const sentencesOf = (status: Booking['status']): [title: string, words: string] => {
  switch (status) {
    case 'EXPIRED':
      return [
        t('The time to pay is over'),
        t('The seats are free again, and nothing was charged. Money that still arrives is paid back by itself.'),
      ];
    case 'REJECTED':
      return [t('The host did not accept your request'), t('Nothing was charged.')];
    case 'WITHDRAWN':
      return [t('You took your request back'), t('Nothing was charged.')];
    default:
      return [t('This booking was given back'), t('What is paid back, and how it stands, is listed below.')];
  }
};
