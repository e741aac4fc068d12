import { useRef, useState } from 'preact/hooks';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime } from '../../format.ts';
import { addresses, goTo } from '../../state/address.ts';
import { loadTickets, type Ticket } from '../../state/kept-tickets.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { moneyOf } from '../amounts.tsx';

type Quote = Output<'booking.refundQuote'>;

/** Gives a ticket back: says first how much money comes back, and until when it is that much. */
export const GiveBack = ({ ticket }: { ticket: Ticket }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [quote, setQuote] = useState<Quote | null>(null);
  const asking = useSubmit();
  const giving = useSubmit();
  const part = { bookingId: ticket.bookingId, admissionIds: [ticket.id] };
  const open = (): void => {
    setQuote(null);
    dialog.current?.showModal();
    void asking.submit(async () => setQuote(await client.call('booking.refundQuote', part)));
  };
  const giveBack = async (): Promise<void> => {
    if (!(await giving.submit(() => client.call('booking.cancel', part)))) return;
    dialog.current?.close();
    await loadTickets();
    goTo(addresses.booking(ticket.bookingId));
  };
  return (
    <>
      <button type="button" class="quiet" onClick={open}>
        {t('Give back')}
      </button>
      <Dialog dialog={dialog} title={t('Give this ticket back?')}>
        {quote ? <Terms quote={quote} /> : <p role="status">{asking.busy && t('Asking what comes back…')}</p>}
        <p class="form-problem" role="alert">
          {asking.problem ?? giving.problem}
        </p>
        <div class="line">
          <button type="button" class="danger" disabled={!quote || giving.busy} onClick={() => void giveBack()}>
            {giving.busy ? t('One moment…') : t('Give it back')}
          </button>
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            {t('Keep it')}
          </button>
        </div>
      </Dialog>
    </>
  );
};

const Terms = ({ quote: { refund, retained, validUntil } }: { quote: Quote }) => (
  <>
    <p>{t('The code stops working at once, and the seat goes to somebody else.')}</p>
    {refund.amountMinor > 0 && (
      <p>
        <b>{t('You get {amount} back, the way you paid.', { amount: moneyOf(refund) })}</b>{' '}
        {validUntil && t('That much until {when}.', { when: dateTime(validUntil) })}
      </p>
    )}
    {refund.amountMinor === 0 && retained.amountMinor > 0 && <p>{t('You get no money back any more.')}</p>}
    {retained.amountMinor > 0 && <p>{t('{amount} stay with the host.', { amount: moneyOf(retained) })}</p>}
    {refund.amountMinor === 0 && retained.amountMinor === 0 && <p>{t('It cost nothing, so nothing comes back.')}</p>}
  </>
);
