import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../ui/dialog.tsx';
import { pending } from './door.ts';
import { wipe } from './life.ts';
import { catchUp } from './upload.ts';

/** Sends what waits before it forgets everything; what cannot be sent is lost only to who types how many scans that are. */
export const WipeDialog = ({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) => {
  const [busy, setBusy] = useState(false);
  const [typed, setTyped] = useState('');
  const count = pending.value;
  const leave = async (): Promise<void> => {
    setBusy(true);
    await catchUp();
    setBusy(false);
    // What was typed names the scans that are lost: it holds for that number only.
    if (pending.value > 0 && typed !== String(pending.value)) return;
    dialog.current?.close();
    await wipe();
  };
  return (
    <Dialog dialog={dialog} title="Leave this door" onClose={() => setTyped('')}>
      <p>This device forgets the list, its key and all scans.</p>
      {count > 0 && (
        <>
          <p>
            <strong>{count === 1 ? '1 scan has' : `${count} scans have`} not been sent.</strong> They are sent first if
            there is network. Without it they would be lost.
          </p>
          <div class="field">
            <label for="wipe-count">To lose them all the same, type their number</label>
            <input
              id="wipe-count"
              inputMode="numeric"
              autocomplete="off"
              value={typed}
              onInput={({ currentTarget }) => setTyped(currentTarget.value.trim())}
            />
          </div>
        </>
      )}
      <button type="button" class="danger wide" disabled={busy} onClick={() => void leave()}>
        {count > 0 && typed !== String(count) ? 'Send them, then forget everything' : 'Forget everything'}
      </button>
    </Dialog>
  );
};
