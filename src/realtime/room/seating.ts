import type { Actor } from '../../kernel/actor.ts';
import type { RoomHandler } from '../../kernel/domain.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Call } from '../../kernel/handler.ts';
import type { Connection, Connections } from '../connections.ts';
import type { Delivery, Seating } from '../delivery/delivery.ts';

export interface RoomOperationParts {
  connections: Connections;
  delivery: Delivery;
  /** By kind, what stands before the colon of a room's name. */
  rooms: ReadonlyMap<string, RoomHandler>;
}

/** Asked afresh each time, never from a cache: watching is where a stranger must be stopped. */
export const mayWatch = async (
  { rooms }: Pick<RoomOperationParts, 'rooms'>,
  actor: Actor,
  room: string,
): Promise<boolean> => {
  const colon = room.indexOf(':');
  const handler = rooms.get(room.slice(0, colon));
  return handler ? handler.canWatch(actor, room.slice(colon + 1)) : false;
};

/** @throws CONFLICT when the call did not come over a live socket */
export const liveConnection = ({ connections }: RoomOperationParts, call: Call): Connection => {
  const connection = connections.find(call.origin.connectionId);
  if (!connection) throw new AppError('CONFLICT', 'Rooms are watched over a live socket.');
  return connection;
};

/** The wire form of how a room begins. */
export const presentSeating = (room: string, seating: Seating) => ({
  room,
  epoch: seating.epoch,
  seq: seating.seq,
  durable: seating.durable,
  mode: seating.mode,
  // Safe: the ring holds what `encodeEntry` wrote.
  entries: seating.entries.map(({ json }) => JSON.parse(json) as Entry),
});

interface Entry {
  seq: number;
  signal: string;
  at: string;
  by?: string;
  ordinal?: number;
  data: unknown;
}
