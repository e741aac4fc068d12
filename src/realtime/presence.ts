import { isDevice } from '../kernel/actor.ts';
import type { NodePresence, Presence } from '../platform/presence/presence.ts';
import type { Connection, Connections } from './connections.ts';
import type { Delivery } from './delivery/delivery.ts';
import { pendingBytes, signalFrame, writeFrame } from './frame-writer.ts';

/** Calls that clients make by themselves. */
const NO_ACTIVITY = new Set(['room.resume', 'session.refresh']);
/** Above this much unsent, presence waits: what it tells then is the latest state. */
const STOP_BYTES = 64 * 1_024;

export interface PresenceReports {
  arrived: (connection: Connection) => void;
  /** @param reason Socket.IO's own */
  left: (connection: Connection, reason: string) => void;
  called: (connection: Connection, operation: string) => void;
  seatsChanged: NodePresence['seatsChanged'];
  drain: NodePresence['drain'];
  stop: NodePresence['stop'];
}

interface Parts {
  presence: Pick<Presence, 'serve'>;
  connections: Connections;
  seatsIn: Delivery['seatsIn'];
}

/** Reports who connects, does something and leaves, and writes what is to be told of it. Decides nothing. */
export const reportPresence = ({ presence, connections, seatsIn }: Parts): PresenceReports => {
  const node = presence.serve({
    tell: (connectionId, signal, data) => {
      const socket = connections.find(connectionId)?.socket;
      if (!socket || pendingBytes(socket) > STOP_BYTES) return false;
      writeFrame(socket, signalFrame(signal.name, JSON.stringify(data)));
      return true;
    },
    seatsIn: (room) =>
      Array.from(seatsIn(room)).flatMap(({ connection: { id, actor } }) =>
        isDevice(actor) ? [] : [{ connectionId: id, userId: actor.userId }],
      ),
  });
  return {
    arrived: ({ id, actor }) => {
      // A device of a door is nobody.
      if (!isDevice(actor)) node.arrive(id, actor.userId);
    },
    left: ({ id }, reason) => node.leave(id, reason === 'ping timeout'),
    called: ({ id }, operation) => {
      if (!NO_ACTIVITY.has(operation)) node.touch(id);
    },
    seatsChanged: (room) => node.seatsChanged(room),
    drain: () => node.drain(),
    stop: () => node.stop(),
  };
};
