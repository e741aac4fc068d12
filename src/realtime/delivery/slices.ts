import type { Seat } from '../connections.ts';
import type { RoomFrame } from './room-frames.ts';

/** Sockets written to before the loop gets a breath; a larger room is written in slices. */
const SLICE = 2_000;

/** Writes frames to all live seats of a room, a very large one in slices. */
export interface Slices {
  /** @param standing where the seats stand before the frames */
  write: (frames: RoomFrame[], standing: number) => void;
  /** Whether a write in slices is still going on; what comes next has to wait for it. */
  isWriting: () => boolean;
  /** Where a seat stands that the write has not come to yet; null for the others. */
  standing: (seat: Seat) => number | null;
}

export interface SlicesParts {
  seats: Set<Seat>;
  /** Writes to the seat if it is live. */
  writeTo: (seat: Seat, frames: RoomFrame[]) => void;
  /** Called when a write in slices has ended. */
  written: () => void;
}

export const createSlices = ({ seats, writeTo, written }: SlicesParts): Slices => {
  let isWriting = false;
  let unwritten: ReadonlySet<Seat> = new Set();
  let unwrittenAt = 0;

  const writeSlices = (list: Seat[], frames: RoomFrame[]): void => {
    const slice = (from: number): void => {
      for (const seat of list.slice(from, from + SLICE)) writeTo(seat, frames);
      const rest = list.slice(from + SLICE);
      unwritten = new Set(rest);
      if (rest.length > 0) {
        setImmediate(slice, from + SLICE);
        return;
      }
      isWriting = false;
      written();
    };
    slice(0);
  };

  return {
    write: (frames, standing) => {
      if (seats.size <= SLICE) {
        for (const seat of seats) writeTo(seat, frames);
        return;
      }
      isWriting = true;
      unwrittenAt = standing;
      // Who joins meanwhile starts behind the frames and is not in this list; who leaves is no longer live.
      writeSlices(
        [...seats].filter((seat) => seat.state === 'live'),
        frames,
      );
    },
    isWriting: () => isWriting,
    standing: (seat) => (unwritten.has(seat) ? unwrittenAt : null),
  };
};
