import './pages.css';
import { useMemo } from 'preact/hooks';
import type { Output } from '../../../src/sdk/index.ts';
import { money } from '../format.ts';
import { addresses } from '../state/address.ts';
import { useOperation } from '../state/use-operation.ts';
import { type Pages, usePages } from '../state/use-pages.ts';
import { More } from '../ui/more.tsx';
import { Empty, Failed, Loading } from '../ui/outcome.tsx';
import { Page } from '../ui/page.tsx';
import { t } from '../words.ts';
import { EventRow } from './event-row.tsx';

type Event = Output<'event.list'>['items'][number];

/** The events of a host: what is to come, drafts, what is over, what was called off. */
export const EventsPage = () => {
  const upcoming = usePages('event.list', { section: 'UPCOMING' });
  const drafts = usePages('event.list', { section: 'DRAFT' });
  const past = usePages('event.list', { section: 'PAST', limit: 10 });
  const cancelled = usePages('event.list', { section: 'CANCELLED', limit: 10 });
  const all = [upcoming, drafts, past, cancelled];
  const isLoading = all.some(({ data, error }) => data === undefined && error === undefined);
  const isEmpty = all.every(({ data }) => data?.length === 0);
  return (
    <Page
      title={t('Hosting')}
      lead={t('Your events, what they sold, and what to do next.')}
      actions={
        !isEmpty && (
          <a class="button primary" href={addresses.newEvent}>
            {t('New event')}
          </a>
        )
      }
    >
      {isLoading && <Loading />}
      {isEmpty && <FirstEvent />}
      {!isLoading && !isEmpty && (
        <>
          <Earnings />
          <Section
            title={t('Upcoming')}
            of={upcoming}
            none={t('Nothing is planned. Make an event, or publish a draft.')}
          />
          <Section title={t('Drafts')} of={drafts} />
          <Section title={t('Past')} of={past} />
          <Section title={t('Called off events')} of={cancelled} />
        </>
      )}
    </Page>
  );
};

const FirstEvent = () => (
  <Empty title={t('Bring people together')}>
    <p>
      {t(
        'A dinner for eight, a talk for eighty, a festival for eight thousand: a title and a date are enough to begin. Guests book from a link, you see who comes, and the door works from any phone.',
      )}
    </p>
    <a class="button primary" href={addresses.newEvent}>
      {t('Make your first event')}
    </a>
    <small>{t('Free events cost nothing. Of paid tickets the platform keeps a small fee.')}</small>
  </Empty>
);

/** Shows the amounts that wait to be paid out, by currency, and a link to the plan. */
const Earnings = () => {
  const balances = useOperation('payout.balances', {});
  const accounts = useOperation('payoutAccount.list', {});
  const items = balances.data?.items ?? [];
  const hasNoAccount = items.length > 0 && accounts.data?.items.length === 0;
  return (
    <section class="card figures" aria-label={t('Your earnings')}>
      {balances.data && items.length === 0 && (
        <p>
          {t('What your tickets earn shows here.')} <a href={addresses.payouts}>{t('How payouts work')}</a>
        </p>
      )}
      {items.map(({ currency, availableMinor, pendingMinor }) => (
        <a class="figure" href={addresses.payouts} key={currency}>
          <b class="num">{money(availableMinor, currency)}</b>
          <small>
            {t('ready to be paid out, {pending} after your events', { pending: money(pendingMinor, currency) })}
          </small>
        </a>
      ))}
      <p class="line">
        {hasNoAccount && (
          <a class="quiet" href={addresses.payouts}>
            {t('Say where to send it')}
          </a>
        )}
        <a href={addresses.plan}>{t('Your plan')}</a>
      </p>
    </section>
  );
};

interface SectionProps {
  title: string;
  of: Pages<Event>;
  /** Said where there is nothing; such a part is left out where it is absent. */
  none?: string;
}

const Section = ({ title, of: pages, none }: SectionProps) => {
  const events = pages.data ?? [];
  const ids = useMemo(() => events.map(({ id }) => id), [pages.data]);
  const sales = useOperation('sales.list', ids.length > 0 ? { eventIds: ids.slice(-100) } : null);
  const taken = new Map(sales.data?.items.map((item) => [item.eventId, item.taken]));
  if (pages.data === undefined && pages.error) return <Failed error={pages.error} onRetry={pages.reload} />;
  if (events.length === 0 && none === undefined) return null;
  return (
    <section class="part">
      <h2>{title}</h2>
      {events.length === 0 && <p class="muted">{none}</p>}
      <ul class="event-rows">
        {events.map((event) => (
          <EventRow key={event.id} event={event} taken={taken.get(event.id)} />
        ))}
      </ul>
      <More of={pages} />
    </section>
  );
};
