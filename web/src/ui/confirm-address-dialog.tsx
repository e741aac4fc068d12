import type { RefObject } from 'preact';
import { reloadMe } from '../state/session.ts';
import { codeSent, confirmCode, sendCode } from '../state/verification.ts';
import { t } from '../words.ts';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { useSubmit } from './use-submit.ts';

/** Proves the own address with the code that was sent there. */
export const ConfirmAddressDialog = ({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) => {
  const sending = useSubmit();
  const confirming = useSubmit();
  const sent = codeSent.value;
  const onSubmit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const code = String(new FormData(submitted.currentTarget as HTMLFormElement).get('code'));
    void confirming.submit(async () => {
      await confirmCode(code);
      dialog.current?.close();
      await reloadMe();
    });
  };
  return (
    <Dialog dialog={dialog} title={t('Confirm your email address')}>
      <p class="form-problem" role="alert">
        {confirming.problem ?? sending.problem}
      </p>
      {sent && (
        <form onSubmit={onSubmit}>
          <p>{t('A code of six digits went to {address}.', { address: sent.masked })}</p>
          <Field
            label={t('Code')}
            name="code"
            autocomplete="one-time-code"
            maxLength={6}
            required
            problem={confirming.fieldProblem('code')}
          />
          <button type="submit" class="primary wide" disabled={confirming.busy}>
            {confirming.busy ? t('Confirming…') : t('Confirm')}
          </button>
        </form>
      )}
      <button type="button" class="link" disabled={sending.busy} onClick={() => void sending.submit(sendCode)}>
        {sent ? t('Send another code') : t('Send me a code')}
      </button>
    </Dialog>
  );
};
