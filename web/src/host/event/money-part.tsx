import type { Output } from '../../../../src/sdk/index.ts';
import { money } from '../../format.ts';
import { addresses } from '../../state/address.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Empty, Outcome } from '../../ui/outcome.tsx';
import { locale, plural, t } from '../../words.ts';
import { BookingLines } from './booking-lines.tsx';
import type { EventProps } from './event-page.tsx';
import { OwedRefunds } from './owed-refunds.tsx';
import { pathOf, totalsOf } from './sales-plot.ts';

type Sales = Output<'sales.get'>;

const WIDTH = 720;
const HEIGHT = 170;

/** Shows the sales of an event over time, the places where the money went, and each booking in words. */
export const MoneyPart = ({ event }: EventProps) => {
  const sales = useOperation('sales.get', { eventId: event.id });
  const mayTakeMoney = event.myRole === 'OWNER' || event.myRole === 'MANAGER';
  return (
    <>
      <Outcome of={sales}>
        {(data) => (
          <div class="columns">
            <SalesCard sales={data} />
            <SumsCard sales={data} isOwner={event.myRole === 'OWNER'} />
          </div>
        )}
      </Outcome>
      {mayTakeMoney && <OwedRefunds event={event} onPaid={sales.reload} />}
      <BookingLines event={event} />
    </>
  );
};

const SalesCard = ({ sales }: { sales: Sales }) => {
  const isFree = sales.taken.amountMinor === 0;
  const points = totalsOf(sales.days, isFree);
  const line = points.length > 0 ? pathOf(points, WIDTH, HEIGHT) : '';
  const words = [
    plural(sales.tickets, '{count} ticket', '{count} tickets'),
    ...(isFree ? [] : [money(sales.taken.amountMinor, sales.taken.currency)]),
  ].join(' · ');
  return (
    <section class="card" aria-labelledby="sales-title">
      <h2 id="sales-title">{t('Sales')}</h2>
      {points.length === 0 ? (
        <Empty title={t('Nothing was sold yet')}>
          <p>{t('The first ticket begins the line.')}</p>
        </Empty>
      ) : (
        <figure class="plot">
          <svg viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`} preserveAspectRatio="none" role="img" aria-label={words}>
            <path class="area" d={`${line} L${WIDTH} ${HEIGHT} L0 ${HEIGHT} Z`} />
            <path class="curve" d={line} />
          </svg>
          <p class="plot-days" aria-hidden="true">
            <small>{dayName(points[0]?.day)}</small>
            <small>{dayName(points.at(-1)?.day)}</small>
          </p>
          <figcaption>
            <b class="num">{words}</b>
          </figcaption>
        </figure>
      )}
    </section>
  );
};

const dayName = (day: string | undefined): string =>
  day === undefined
    ? ''
    : new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day));

const SumsCard = ({ sales, isOwner }: { sales: Sales; isOwner: boolean }) => {
  const { currency } = sales.taken;
  const line = (name: string, minor: number, sign: '' | '−') => (
    <div>
      <dt>{name}</dt>
      <dd>{minor === 0 ? money(0, currency) : `${sign}${money(minor, currency)}`}</dd>
    </div>
  );
  return (
    <section class="card" aria-labelledby="sums-title">
      <h2 id="sums-title">{t('Where the money went')}</h2>
      <dl class="sums">
        {line(t('Guests paid'), sales.taken.amountMinor, '')}
        {line(t('Went back to guests'), sales.refunded.amountMinor, '−')}
        {line(t('Wanted back by banks'), sales.disputed.amountMinor, '−')}
        {line(t('Fees of the platform'), sales.fees.amountMinor, '−')}
        {line(t('Tax'), sales.tax.amountMinor, '−')}
        {line(t('You earned'), sales.earned.amountMinor, '')}
      </dl>
      <small>{t('Fees and tax of a refund come back once it has arrived.')}</small>
      {isOwner && <a href={addresses.payouts}>{t('When it is paid out')}</a>}
    </section>
  );
};
