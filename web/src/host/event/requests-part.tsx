import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime, money } from '../../format.ts';
import { usePages } from '../../state/use-pages.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { More } from '../../ui/more.tsx';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { plural, t } from '../../words.ts';
import { usePeople } from '../use-people.ts';
import type { EventProps } from './event-page.tsx';

type Request = Output<'booking.list'>['items'][number];

/** Lists the people who ask to come; the host lets each in or turns them down. */
export const RequestsPart = ({ event: { id: eventId, timeZone } }: EventProps) => {
  const requests = usePages('booking.list', { eventId, status: 'REQUESTED' });
  const nameOf = usePeople(requests.data?.map(({ userId }) => userId) ?? []);
  return (
    <section class="card" aria-labelledby="requests-title">
      <h2 id="requests-title">{t('Requests')}</h2>
      <Outcome of={requests}>
        {(items) =>
          items.length === 0 && (
            <Empty title={t('Nobody is waiting for your answer')}>
              <p>{t('Whoever asks to come shows here. They claim no seat until you let them in.')}</p>
            </Empty>
          )
        }
      </Outcome>
      <ul class="things">
        {requests.data?.map((request) => (
          <RequestLine
            key={request.id}
            request={request}
            name={nameOf(request.userId)}
            zone={timeZone}
            onDecided={() => requests.change((items) => items.filter(({ id }) => id !== request.id))}
          />
        ))}
      </ul>
      <More of={requests} />
    </section>
  );
};

interface LineProps {
  request: Request;
  name: string;
  zone: string;
  onDecided: () => void;
}

const RequestLine = ({ request, name, zone, onDecided }: LineProps) => {
  const { id: bookingId, userId, quantity, total, createdAt } = request;
  const { busy, problem, submit } = useSubmit();
  const decide = (operation: 'booking.approve' | 'booking.reject'): void =>
    void submit(async () => {
      await client.call(operation, { bookingId });
      onDecided();
    });
  return (
    <li>
      <div class="person-line">
        <Avatar id={userId} name={name} size="small" />
        <span>
          <b>
            <bdi>{name}</bdi>
          </b>
          <br />
          <small>
            {plural(quantity, '{count} ticket', '{count} tickets')}
            {total.amountMinor > 0 && ` · ${money(total.amountMinor, total.currency)}`} · {dateTime(createdAt, zone)}
          </small>
        </span>
      </div>
      <span class="line">
        <button type="button" class="primary" disabled={busy} onClick={() => decide('booking.approve')}>
          {t('Let them in')}
          <span class="visually-hidden"> {name}</span>
        </button>
        <button type="button" class="danger" disabled={busy} onClick={() => decide('booking.reject')}>
          {t('Turn down')}
          <span class="visually-hidden"> {name}</span>
        </button>
      </span>
      <p class="form-problem" role="alert">
        {problem}
      </p>
    </li>
  );
};
