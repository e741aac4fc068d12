import type { Output } from '../../../../src/sdk/index.ts';
import { dateTime, money } from '../../format.ts';
import { addresses } from '../../state/address.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { t } from '../../words.ts';
import { nextStepOf } from '../next-step.ts';
import type { EventProps } from './event-page.tsx';
import { RefundDialog } from './refund-dialog.tsx';

type Guest = Output<'guest.list'>['items'][number];

interface Props {
  guest: Guest;
  event: EventProps['event'];
  reload: () => void;
}

/** One guest: who, which ticket, what they paid, whether they are here, and what can be done for them. */
export const GuestLine = ({ guest, event, reload }: Props) => {
  const { name, ticketType, reference, paid, admittedAt, isCancelled } = guest;
  const shown = name ?? t('Guest without a name');
  const isNear = event.status === 'ONGOING' || nextStepOf(event, new Date()).step === 'DOOR';
  return (
    <li>
      <div class="person-line">
        <Avatar id={guest.userId ?? guest.admissionId} name={shown} size="small" />
        <span>
          <b>
            <bdi>{shown}</bdi>
          </b>
          <br />
          <small>
            {ticketType} · {paid.amountMinor === 0 ? t('Free') : money(paid.amountMinor, paid.currency)} · {reference}
          </small>
        </span>
      </div>
      <StateChip guest={guest} zone={event.timeZone} />
      <span class="line">
        {isNear && !isCancelled && admittedAt === null && (
          <a href={addresses.hosted(event.id, 'live')}>
            {t('Let in by hand')}
            <span class="visually-hidden"> {shown}</span>
          </a>
        )}
        {!isCancelled && event.myRole !== 'SUPERVISOR' && <RefundDialog guest={guest} name={shown} reload={reload} />}
      </span>
    </li>
  );
};

const StateChip = ({ guest: { admittedAt, isCancelled, noShowAt }, zone }: { guest: Guest; zone: string }) => {
  if (isCancelled) return <span class="chip bad">{t('Gave it back')}</span>;
  if (admittedAt !== null)
    return <span class="chip good">{t('Came {when}', { when: dateTime(admittedAt, zone) })}</span>;
  if (noShowAt !== null) return <span class="chip warm">{t('Did not come')}</span>;
  return <span class="chip">{t('Has a ticket')}</span>;
};
