import { fullName } from '../../format.ts';
import type { Ticket } from '../../state/kept-tickets.ts';
import { me } from '../../state/session.ts';
import { t } from '../../words.ts';
import { priceOf } from '../amounts.tsx';
import { Cover } from '../cover.tsx';
import { placeOf, When } from '../when.tsx';
import { QrCode } from './qr-code.tsx';
import { useLitScreen, useShownCode } from './use-shown-code.ts';

/** The ticket itself: what for, the code, whose it is. Once the door has let its holder in it says so. */
export const Pass = ({ ticket }: { ticket: Ticket }) => {
  const { event, ticketTypeName, paid, isEntered } = ticket;
  const place = [placeOf(event), event.address].filter(Boolean).join(', ');
  return (
    <article class={`pass ${isEntered ? 'is-entered' : ''}`}>
      <Cover event={event} />
      <div class="pass-what">
        <When event={event} />
        {place && <span>{place}</span>}
      </div>
      {isEntered ? <Entered /> : <Code ticket={ticket} />}
      <dl class="pass-facts">
        <div>
          <dt>{t('For')}</dt>
          <dd>
            <bdi>{holderOf(ticket)}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('Kind')}</dt>
          <dd>{ticketTypeName}</dd>
        </div>
        <div>
          <dt>{t('Price')}</dt>
          <dd class="num">{priceOf(paid)}</dd>
        </div>
      </dl>
    </article>
  );
};

const holderOf = ({ guestName }: Ticket): string => {
  if (guestName !== null) return guestName;
  return me.value ? fullName(me.value.profile) : t('You');
};

const Entered = () => (
  <p class="entered" role="status">
    <span aria-hidden="true">✓</span>
    {t('You are in')}
  </p>
);

const Code = ({ ticket }: { ticket: Ticket }) => {
  const shown = useShownCode(ticket);
  useLitScreen(shown !== null);
  if (shown === null) {
    return <p class="no-code">{t('There is no code while the payment is disputed at the bank.')}</p>;
  }
  return (
    <figure>
      <QrCode text={shown} label={t('The code of your ticket')} />
      <figcaption>
        <small>{t('Turn the screen bright and hold it out at the door. It works without network.')}</small>
      </figcaption>
    </figure>
  );
};
