import type { Clock } from '../../../platform/clock.ts';
import type { Here } from '../../../platform/presence/people.store.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import type { PresenceSettings } from '../../identity/api.ts';
import type { Frames } from './frames.ts';
import { keyOf, seenAs } from './view.rules.ts';
import type { Watches } from './watches.ts';

interface Parts {
  watches: Pick<Watches, 'subject'>;
  frames: Pick<Frames, 'mark'>;
  presence: { people: Pick<Presence['people'], 'read'>; isSettled: Presence['isSettled'] };
  clock: Clock;
}

/**
 * Reads how people are, where Redis can be believed, and marks them for all who follow them when they look different.
 * @param settings where they were read as well
 */
export type Look = (userIds: readonly string[], settings?: ReadonlyMap<string, PresenceSettings>) => Promise<void>;

export const createLooks = ({ watches, frames, presence, clock }: Parts): Look => {
  const update = (userId: string, known: Here, stored: Date | null | undefined): void => {
    const subject = watches.subject(userId);
    if (!subject) return;
    subject.lastSeenAtMs = known.leftAtMs ?? stored?.getTime() ?? subject.lastSeenAtMs;
    const before = keyOf(subject.seen);
    subject.seen = seenAs({ ...known, lastSeenAtMs: subject.lastSeenAtMs }, clock.now().getTime());
    subject.isKnown = true;
    if (keyOf(subject.seen) === before) return;
    for (const watcher of subject.watchers) frames.mark(watcher, userId);
  };

  return async (userIds, settings) => {
    const here = await presence.people.read(userIds);
    // Asked after that, so that what was read from an empty Redis is not believed.
    const isBelieved = [...here.values()].every(({ isHere }) => isHere) || (await presence.isSettled());
    for (const [userId, known] of here) {
      if (known.isHere || isBelieved) update(userId, known, settings?.get(userId)?.lastSeenAt);
    }
  };
};
