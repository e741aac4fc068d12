import { anyone, handle } from '../../kernel/handler.ts';
import { watch } from './contract.ts';
import { liveConnection, MAX_ANSWER_CHARACTERS, mayWatch, type RoomOperationParts, seatInRoom } from './seating.ts';

/** Entries an answer may hold; a wider gap is told as one, and history is paged instead. */
const MAX_ENTRIES = 1_000;

export const watchRoom = (parts: RoomOperationParts) =>
  handle(watch, {
    load: async ({ room }, { actor }) => {
      const askedAtMs = performance.now();
      return (await mayWatch(parts, actor, room)) ? { askedAtMs } : null;
    },
    allow: anyone,
    run: async ({ room, after, passive }, { askedAtMs }, call) => {
      const { characters: _, ...answer } = await seatInRoom(parts, call, {
        ...{ connection: liveConnection(parts, call), room, after, isPassive: passive, askedAtMs },
        ...{ maxEntries: MAX_ENTRIES, maxCharacters: MAX_ANSWER_CHARACTERS },
      });
      return answer;
    },
  });
