import { useRef, useState } from 'preact/hooks';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { money } from '../../format.ts';
import { useOperation } from '../../state/use-operation.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Outcome } from '../../ui/outcome.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';
import { minorOf, typedOf } from '../amounts.ts';

type Guest = Output<'guest.list'>['items'][number];

interface Props {
  guest: Guest;
  name: string;
  reload: () => void;
}

/** Takes a ticket back with its money, or gives money back as goodwill; says the amount before either. */
export const RefundDialog = ({ guest, name, reload }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const open = (): void => {
    setOpen(true);
    dialog.current?.showModal();
  };
  const done = (): void => {
    dialog.current?.close();
    reload();
  };
  return (
    <>
      <button type="button" class="quiet" onClick={open}>
        {guest.payment ? t('Refund') : t('Take the ticket back')}
        <span class="visually-hidden"> {name}</span>
      </button>
      <Dialog
        dialog={dialog}
        title={guest.payment ? t('Money back for {name}', { name }) : name}
        onClose={() => setOpen(false)}
      >
        {isOpen && guest.payment && <Goodwill guest={guest} payment={guest.payment} onDone={done} />}
        {isOpen && <TakeBack guest={guest} onDone={done} />}
      </Dialog>
    </>
  );
};

interface PartProps {
  guest: Guest;
  onDone: () => void;
}

const Goodwill = ({ guest, payment, onDone }: PartProps & { payment: NonNullable<Guest['payment']> }) => {
  const { currency } = guest.paid;
  const most = Math.min(guest.paid.amountMinor, payment.left.amountMinor);
  const [typed, setTyped] = useState(typedOf(most, currency));
  const [note, setNote] = useState('');
  const { busy, problem, fieldProblem, submit } = useSubmit();
  const amountMinor = minorOf(typed, currency);
  const isGood = amountMinor !== null && amountMinor > 0 && amountMinor <= most;
  const give = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    if (!isGood) return;
    void submit(async () => {
      const { paymentId } = payment;
      await client.call('refund.create', {
        ...{ paymentId, amountMinor, participantId: guest.admissionId },
        ...(note.trim() === '' ? {} : { note }),
      });
      onDone();
    });
  };
  if (most === 0) return <p>{t('All that was paid for this ticket has gone back.')}</p>;
  return (
    <form class="form" onSubmit={give}>
      <h3>{t('A gesture: the ticket stays good')}</h3>
      <p>
        {t('{paid} was paid for this ticket; up to {most} can go back.', {
          paid: money(guest.paid.amountMinor, currency),
          most: money(most, currency),
        })}
      </p>
      <Field
        label={t('Amount in {currency}', { currency })}
        inputMode="decimal"
        required
        value={typed}
        onInput={setTyped}
        problem={
          isGood ? fieldProblem('amountMinor') : t('Write an amount up to {most}.', { most: money(most, currency) })
        }
      />
      <Field label={t('Why, for your records')} maxLength={500} value={note} onInput={setNote} />
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <button type="submit" class="primary" disabled={busy || !isGood}>
        {isGood ? t('Give back {amount}', { amount: money(amountMinor, currency) }) : t('Give it back')}
      </button>
    </form>
  );
};

const TakeBack = ({ guest: { bookingId, admissionId }, onDone }: PartProps) => {
  const admissionIds = [admissionId];
  const quote = useOperation('booking.refundQuote', { bookingId, admissionIds });
  const { busy, problem, submit } = useSubmit();
  const take = (): void =>
    void submit(async () => {
      await client.call('booking.cancel', { bookingId, admissionIds });
      onDone();
    });
  return (
    <section class="form">
      <h3>{t('Or take the ticket back')}</h3>
      <Outcome of={quote}>
        {({ refund }) => (
          <p>
            {refund.amountMinor === 0
              ? t('The seat is free again, and nothing has to be paid back.')
              : t('The seat is free again, and {amount} goes back.', {
                  amount: money(refund.amountMinor, refund.currency),
                })}
          </p>
        )}
      </Outcome>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <button type="button" class="danger" disabled={busy || quote.data === undefined} onClick={take}>
        {t('Take the ticket back')}
      </button>
    </section>
  );
};
