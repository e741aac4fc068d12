import type { ComponentChildren, RefObject } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../words.ts';
import { IconButton } from './icon-button.tsx';

interface Props {
  dialog: RefObject<HTMLDialogElement | null>;
  title: string;
  onClose?: () => void;
  children: ComponentChildren;
}

/** A modal window with a title and a way out; the browser keeps the focus inside. */
export const Dialog = ({ dialog, title, onClose, children }: Props) => {
  const titleId = useId();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click beside the window repeats what Escape does
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={() => onClose?.()}
      onClick={({ target }) => target === dialog.current && dialog.current?.close()}
    >
      <div class="dialog-body">
        <header>
          <h2 id={titleId}>{title}</h2>
          <IconButton icon="close" label={t('Close')} onClick={() => dialog.current?.close()} />
        </header>
        {children}
      </div>
    </dialog>
  );
};
