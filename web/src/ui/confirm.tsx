import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../words.ts';
import { Dialog } from './dialog.tsx';
import { useSubmit } from './use-submit.ts';

interface Props {
  /** The words of the button that opens the window. */
  label: string;
  title: string;
  /** Says what will happen, before it does. */
  children: ComponentChildren;
  /** The words of the button that confirms. */
  action: string;
  /** Throws a RallyError where it did not work; the window stays and says why. */
  onConfirm: () => Promise<unknown>;
  isDanger?: boolean;
}

/** A button for what cannot be undone: says first what will happen. */
export const Confirm = ({ label, title, children, action, onConfirm, isDanger = false }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const { busy, problem, submit } = useSubmit();
  const confirm = async (): Promise<void> => {
    if (await submit(onConfirm)) dialog.current?.close();
  };
  return (
    <>
      <button type="button" class={isDanger ? 'danger' : 'quiet'} onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <Dialog dialog={dialog} title={title}>
        {children}
        <p class="form-problem" role="alert">
          {problem}
        </p>
        <div class="line">
          <button type="button" class={isDanger ? 'danger' : 'primary'} disabled={busy} onClick={() => void confirm()}>
            {busy ? t('One moment…') : action}
          </button>
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            {t('Not now')}
          </button>
        </div>
      </Dialog>
    </>
  );
};
