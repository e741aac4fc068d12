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
