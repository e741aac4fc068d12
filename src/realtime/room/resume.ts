import { anyone, type Call, handle, nothing } from '../../kernel/handler.ts';
import { resume } from './contract.ts';
import { liveConnection, MAX_ANSWER_CHARACTERS, mayWatch, type RoomOperationParts, seatInRoom } from './seating.ts';

const MAX_ENTRIES_PER_ROOM = 1_000;
/** Entries all rooms of one answer may hold together; rooms beyond it are told a gap. */
const MAX_ENTRIES = 5_000;

interface Cursor {
  room: string;
  passive: boolean;
  epoch: string;
  seq: number;
}

/** What an answer may still hold. */
interface Left {
  entries: number;
  characters: number;
}

const resumeOne = async (parts: RoomOperationParts, call: Call, { room, epoch, seq, passive }: Cursor, left: Left) => {
  const connection = liveConnection(parts, call);
  const askedAtMs = performance.now();
  if (!(await mayWatch(parts, connection.actor, room))) return { room, mode: 'refused' as const };
  const { characters, ...answer } = await seatInRoom(parts, call, {
    ...{ connection, room, after: { epoch, seq }, isPassive: passive, askedAtMs },
    ...{ maxEntries: Math.min(left.entries, MAX_ENTRIES_PER_ROOM), maxCharacters: left.characters },
  });
  left.entries -= answer.entries.length;
  left.characters -= characters;
  return answer;
};

export const resumeRooms = (parts: RoomOperationParts) =>
  handle(resume, {
    load: nothing,
    allow: anyone,
    run: async ({ rooms }, _nothing, call) => {
      const answers = [];
      const left: Left = { entries: MAX_ENTRIES, characters: MAX_ANSWER_CHARACTERS };
      for (const cursor of rooms) answers.push(await resumeOne(parts, call, cursor, left));
      return { rooms: answers };
    },
  });
