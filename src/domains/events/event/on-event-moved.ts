import type { z } from 'zod';
import type { FactContract } from '../../../kernel/contract.ts';
import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import {
  eventArchived,
  eventCancelled,
  eventCompleted,
  eventPostponed,
  eventPublished,
  eventRescheduled,
  eventReturned,
  eventStarted,
  eventSubmitted,
} from '../facts.ts';
import { type TellDeps, tellRoom } from './tell-room.ts';

type OfEvent = FactContract & { payload: z.ZodType<{ eventId: string }> };

/** What changed with each step of an event's life. */
const STEPS: [fact: OfEvent, changed: string[]][] = [
  [eventSubmitted, ['status']],
  [eventReturned, ['status']],
  [eventPublished, ['status']],
  [eventStarted, ['status']],
  [eventCompleted, ['status']],
  [eventPostponed, ['status']],
  [eventRescheduled, ['status', 'startDate', 'endDate']],
  [eventCancelled, ['status']],
  [eventArchived, ['archivedAt']],
];

/** Tells who watches an event of each step of its life. */
export const onEventMoved = (deps: TellDeps): Subscriber[] =>
  STEPS.map(([fact, changed]) =>
    subscribe({
      name: `events.tellRoomOf.${fact.name}`,
      fact,
      run: async (payload, factId) => {
        // An edit tells its room of all that it changed: see on-event-updated.ts.
        if ('wasPostponed' in payload && payload.wasPostponed === false) return;
        await tellRoom(deps, { id: factId, eventId: payload.eventId, changed });
      },
    }),
  );
