import type { StoredRoom, TakenRoom } from './partition.ts';

/** How far a room is stored when everything that was taken of it is. */
export const storedRoom = ({ room, epoch, entries }: TakenRoom): StoredRoom => ({
  room,
  epoch,
  seq: entries.at(-1)?.seq ?? 0,
});
