import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { changed, ticketRevoked } from './contract.ts';
import { listChanged, ticketsRevoked } from './facts.ts';
import { appendToDoor } from './tell-door.ts';

interface Deps {
  rooms: Pick<RoomLog, 'append'>;
}

/** Tells devices which codes are dead, and whoever stands at the door which rules changed. */
export const onDoorChanged = ({ rooms }: Deps): Subscriber[] => [
  subscribe({
    name: 'events.tellDoorOfRevocations',
    fact: ticketsRevoked,
    urgency: 'NEXT',
    run: async ({ eventId, epoch, tickets }, factId) => {
      await appendToDoor(rooms, eventId, {
        id: factId,
        signal: ticketRevoked.name,
        data: { eventId, epoch, tickets },
      });
    },
  }),
  subscribe({
    name: 'events.tellDoorOfRules',
    fact: listChanged,
    run: async ({ eventId, listId, rulesEpoch }, factId) => {
      await appendToDoor(rooms, eventId, {
        id: factId,
        signal: changed.name,
        data: { eventId, listId, rulesEpoch },
      });
    },
  }),
];
