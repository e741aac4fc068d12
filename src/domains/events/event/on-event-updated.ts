import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { ALL_ASKED_AGAIN } from '../../../platform/rooms/log.ts';
import { eventUpdated } from '../facts.ts';
import { type TellDeps, tellRoom } from './tell-room.ts';

/**
 * Tells who watches an event what it now says of itself. When it shows itself to others than before, every node asks
 * again for everybody who watches, and whoever may no longer see it receives nothing after this entry.
 */
export const onEventUpdated = (deps: TellDeps): Subscriber =>
  subscribe({
    name: 'events.tellRoomOfUpdatedEvent',
    fact: eventUpdated,
    urgency: 'AT_ONCE',
    run: ({ eventId, changed, updatedBy: by }, factId) => {
      const evicts = changed.includes('visibility') ? { evicts: [ALL_ASKED_AGAIN] } : {};
      return tellRoom(deps, { id: factId, eventId, changed, by, ...evicts });
    },
  });
