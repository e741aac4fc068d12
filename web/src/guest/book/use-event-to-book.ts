import { useEffect, useRef, useState } from 'preact/hooks';
import { atMostEvery } from '../../at-most-every.ts';
import { client } from '../../client.ts';
import { useOperation } from '../../state/use-operation.ts';

/** A sale that everybody waited for changes many times a second. */
const LOOK_EVERY_MS = 1_000;

/** An event as it can be booked now, and how often it changed meanwhile: its seats follow what others book. */
export const useEventToBook = (eventId: string, promoCode: string | undefined) => {
  const loaded = useOperation('event.get', { eventId, ...(promoCode === undefined ? {} : { promoCode }) });
  const [changes, setChanges] = useState(0);
  // Another code is another question: what was shown stays, with all that was chosen, until it is answered.
  const last = useRef(loaded.data);
  if (loaded.data) last.current = loaded.data;
  const id = last.current?.id;
  useEffect(() => {
    if (id === undefined) return undefined;
    const looking = atMostEvery(LOOK_EVERY_MS, async () => setChanges((before) => before + 1));
    const subscription = client.watch(`event:${id}`, { onEntries: looking.soon, onGap: looking.soon });
    return () => {
      looking.stop();
      subscription.stop();
    };
  }, [id]);
  useEffect(() => {
    if (changes > 0) loaded.reload();
  }, [changes]);
  return { loaded: { ...loaded, data: last.current }, changes };
};
