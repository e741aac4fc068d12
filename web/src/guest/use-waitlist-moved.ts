import { useEffect } from 'preact/hooks';
import { client } from '../client.ts';

/** Does something each time an own place on a waitlist moves: what concerns one person stands in their own room. */
export const useWaitlistMoved = (onMove: () => void): void => {
  useEffect(() => {
    const userId = client.userId();
    if (userId === null) return undefined;
    const subscription = client.watch(`user:${userId}`, {
      onEntries: (entries) => {
        if (entries.some((entry) => entry.signal === 'waitlist.moved')) onMove();
      },
      onGap: onMove,
    });
    return subscription.stop;
  }, []);
};
