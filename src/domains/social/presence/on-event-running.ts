import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Presence } from '../../../platform/presence/presence.ts';
import { audienceAfter } from '../../events/api.ts';
import { eventCancelled, eventCompleted, eventStarted } from '../../events/facts.ts';

interface Deps {
  database: Database;
  presence: Pick<Presence, 'people'>;
}

const PEOPLE_AT_ONCE = 500;

/** While an event is going on, those who hold its tickets may see each other. They may be many, and others go first. */
const decideOfHolders = async ({ database, presence }: Deps, eventId: string): Promise<void> => {
  for (let cursor: string | null = null; ; ) {
    const userIds: string[] = await audienceAfter(database, {
      ...{ audience: 'PARTICIPANTS', eventId, cursor, limit: PEOPLE_AT_ONCE },
    });
    if (userIds.length > 0) await presence.people.decideAgain(userIds, { canWait: true });
    if (userIds.length < PEOPLE_AT_ONCE) return;
    cursor = userIds.at(-1) ?? null;
  }
};

/** An event begins or ends. */
export const onEventRunning = (deps: Deps): Subscriber[] => [
  subscribe({
    name: 'social.decidePresenceAtStartedEvent',
    fact: eventStarted,
    run: ({ eventId }) => decideOfHolders(deps, eventId),
  }),
  subscribe({
    name: 'social.decidePresenceAfterEvent',
    fact: eventCompleted,
    run: ({ eventId }) => decideOfHolders(deps, eventId),
  }),
  subscribe({
    name: 'social.decidePresenceOfCancelledEvent',
    fact: eventCancelled,
    run: ({ eventId }) => decideOfHolders(deps, eventId),
  }),
];
