import { anyone, type Call, handle, nothing } from '../../kernel/handler.ts';
import { resume } from './contract.ts';
import { liveConnection, mayWatch, presentSeating, type RoomOperationParts } from './seating.ts';

const MAX_ENTRIES_PER_ROOM = 1_000;
/** Entries all rooms of one answer may hold together; rooms beyond it are told a gap. */
const MAX_ENTRIES = 5_000;

interface Cursor {
  room: string;
  epoch: string;
  seq: number;
}

const resumeOne = async (parts: RoomOperationParts, call: Call, cursor: Cursor, maxEntries: number) => {
  const connection = liveConnection(parts, call);
  const { room, epoch, seq } = cursor;
  if (!(await mayWatch(parts, connection.actor, room))) return { room, mode: 'refused' as const };
  const seating = await parts.delivery.seat({ connection, room, after: { epoch, seq }, maxEntries });
  const earlier = connection.afterAnswer.get(call.requestId);
  connection.afterAnswer.set(call.requestId, () => {
    earlier?.();
    seating.release();
  });
  return presentSeating(room, seating);
};

export const resumeRooms = (parts: RoomOperationParts) =>
  handle(resume, {
    load: nothing,
    allow: anyone,
    run: async ({ rooms }, _nothing, call) => {
      const answers = [];
      let left = MAX_ENTRIES;
      for (const cursor of rooms) {
        const answer = await resumeOne(parts, call, cursor, Math.min(left, MAX_ENTRIES_PER_ROOM));
        if ('entries' in answer) left -= answer.entries.length;
        answers.push(answer);
      }
      return { rooms: answers };
    },
  });
