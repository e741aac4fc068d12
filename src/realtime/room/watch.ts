import { anyone, handle } from '../../kernel/handler.ts';
import { watch } from './contract.ts';
import { liveConnection, mayWatch, presentSeating, type RoomOperationParts } from './seating.ts';

/** Entries an answer may hold; a wider gap is told as one, and history is paged instead. */
const MAX_ENTRIES = 1_000;

export const watchRoom = (parts: RoomOperationParts) =>
  handle(watch, {
    load: async ({ room }, { actor }) => ((await mayWatch(parts, actor, room)) ? room : null),
    allow: anyone,
    run: async ({ room, after }, _room, call) => {
      const connection = liveConnection(parts, call);
      const seating = await parts.delivery.seat({ connection, room, after, maxEntries: MAX_ENTRIES });
      connection.afterAnswer.set(call.requestId, seating.release);
      return presentSeating(room, seating);
    },
  });
