import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Revocations } from '../../../platform/revocations.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { scannerChanged as changed } from '../door/contract.ts';
import { scannerChanged } from '../door/facts.ts';
import { appendToDoor } from '../door/tell-door.ts';

interface Deps {
  rooms: Pick<RoomLog, 'append'>;
  revocations: Pick<Revocations, 'revoke'>;
  sockets: Pick<Sockets, 'closeSession'>;
}

/** Ends the tokens and sockets of a device that was lost or revoked, before who did it is answered, and tells the team. */
export const onScannerChanged = ({ rooms, revocations, sockets }: Deps): Subscriber[] => [
  subscribe({
    name: 'events.endScannerTokens',
    fact: scannerChanged,
    urgency: 'AT_ONCE',
    run: async ({ endedSessionId }) => {
      if (endedSessionId === null) return;
      await revocations.revoke([endedSessionId]);
      sockets.closeSession(endedSessionId, 'UNAUTHENTICATED');
    },
  }),
  subscribe({
    name: 'events.tellDoorOfScanner',
    fact: scannerChanged,
    run: async ({ eventId, scannerId, status }, factId) => {
      await appendToDoor(rooms, eventId, {
        id: factId,
        signal: changed.name,
        data: { eventId, scannerId, status },
      });
    },
  }),
];
