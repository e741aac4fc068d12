import type { Actor } from '../../kernel/actor.ts';
import type { RoomHandler } from '../../kernel/domain.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Call } from '../../kernel/handler.ts';
import type { Connection, Connections } from '../connections.ts';
import type { Delivery, SeatRequest } from '../delivery/delivery.ts';

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

/** Characters of entries that one answer may hold; a gap that is larger is told as one, and history is paged instead. */
export const MAX_ANSWER_CHARACTERS = 1_024 * 1_024;

/**
 * Seats a connection in a room; its frames go to it once the call's answer has been written.
 * @returns the wire form of how the room begins, and how many characters its entries have
 */
export const seatInRoom = async (
  { delivery }: Pick<RoomOperationParts, 'delivery'>,
  { requestId }: Call,
  { maxCharacters, ...request }: SeatRequest & { maxCharacters: number },
) => {
  const { connection, room } = request;
  const { epoch, seq, durable, mode, entries, release } = await delivery.seat(request);
  const earlier = connection.afterAnswer.get(requestId);
  connection.afterAnswer.set(requestId, {
    written: () => {
      earlier?.written();
      release();
    },
    dropped: () => {
      earlier?.dropped();
      delivery.unseat(connection, room);
    },
  });
  const characters = entries.reduce((sum, { json }) => sum + json.length, 0);
  if (characters > maxCharacters) {
    return { room, epoch, seq, durable, mode: 'gap' as const, entries: [], characters: 0 };
  }
  // Safe: the ring holds what `encodeEntry` wrote.
  return { room, epoch, seq, durable, mode, entries: entries.map(({ json }) => JSON.parse(json) as Entry), characters };
};

interface Entry {
  seq: number;
  signal: string;
  at: string;
  by?: string;
  ordinal?: number;
  data: unknown;
}
