import type { RoomEntry } from '../../kernel/domain.ts';

/** The room an entry was taken from. */
interface Origin {
  room: string;
  epoch: string;
}

/** How an entry that could not be stored is kept in `dead_letters`, by its place. */
export const letterOf = ({ room, epoch }: Origin, entry: RoomEntry) => ({
  source: 'room' as const,
  reference: `${room}#${epoch}#${entry.seq}`,
  // Plain JSON: what is undefined is left out.
  payload: JSON.parse(JSON.stringify(entry)) as object,
});

/** Where the entry of a letter belongs, read from its reference. @throws Error for a reference that is no place */
export const placeOf = (reference: string) => {
  const [room = '', epoch = '', seq = ''] = reference.split('#');
  const colon = room.indexOf(':');
  if (colon < 0 || !/^\d+$/.test(seq)) throw new Error(`${reference} names no place in a room`);
  return { room, kind: room.slice(0, colon), id: room.slice(colon + 1), epoch, seq: Number(seq) };
};
