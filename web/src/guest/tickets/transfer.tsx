import { useRef, useState } from 'preact/hooks';
import type { Input } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { fullName } from '../../format.ts';
import { addresses, goTo } from '../../state/address.ts';
import { loadTickets, type Ticket } from '../../state/kept-tickets.ts';
import { tell } from '../../state/notice.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { type Found, PeopleSearch } from '../../ui/people-search.tsx';
import { type Submission, useSubmit } from '../../ui/use-submit.ts';
import { t } from '../../words.ts';

type Recipient = Input<'ticket.transfer'>['to'];

/** Passes a ticket on: says first what will happen, then asks to whom. */
export const Transfer = ({ ticket }: { ticket: Ticket }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const submission = useSubmit();
  const pass = async (to: Recipient): Promise<void> => {
    const isDone = await submission.submit(() => client.call('ticket.transfer', { admissionId: ticket.id, to }));
    if (!isDone) return;
    dialog.current?.close();
    tell(t('The ticket was passed on. Its old code no longer works.'));
    await loadTickets();
    goTo(addresses.tickets);
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
        {t('Pass on')}
      </button>
      <Dialog dialog={dialog} title={t('Pass this ticket on')}>
        <p>
          {t('They get a ticket and a code of their own. Yours stops working at once, and you cannot take it back.')}
        </p>
        <RecipientForm submission={submission} onPass={(to) => void pass(to)} />
      </Dialog>
    </>
  );
};

interface FormProps {
  submission: Submission;
  onPass: (to: Recipient) => void;
}

const RecipientForm = ({ submission: { busy, problem, fieldProblem }, onPass }: FormProps) => {
  const [chosen, setChosen] = useState<Found[]>([]);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const person = chosen.at(-1);
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const named = { fullName: name.trim(), ...(email.trim() === '' ? {} : { email: email.trim() }) };
    onPass(person ? { userId: person.id } : named);
  };
  const who = person ? fullName(person) : name.trim();
  return (
    <form class="stack" onSubmit={onSubmit}>
      <PeopleSearch chosen={person ? [person] : []} onChange={setChosen} except={[client.userId() ?? '']} />
      {!person && (
        <fieldset class="plain">
          <legend>{t('Or somebody without an account')}</legend>
          <Field
            label={t('Name')}
            value={name}
            onInput={setName}
            maxLength={120}
            problem={fieldProblem('to.fullName')}
          />
          <Field
            label={t('Email')}
            type="email"
            value={email}
            onInput={setEmail}
            problem={fieldProblem('to.email')}
            hint={t('Where their ticket goes. Without it you keep their code and show it for them.')}
          />
        </fieldset>
      )}
      <p class="form-problem" role="alert">
        {problem ?? fieldProblem('to') ?? fieldProblem('to.userId')}
      </p>
      <button type="submit" class="primary wide" disabled={busy || who === ''}>
        {busy && t('One moment…')}
        {!busy && (who === '' ? t('Choose somebody') : t('Pass it on to {name}', { name: who }))}
      </button>
    </form>
  );
};
