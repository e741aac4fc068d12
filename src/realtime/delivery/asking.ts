import type { Seat } from '../connections.ts';

export interface AskingParts {
  seats: Set<Seat>;
  /** Where a live seat stands. */
  standing: (seat: Seat) => { epoch: string; seq: number };
  /** Asks whether the seats' users may still watch, and tells each answer as it comes. Never throws. */
  askAgain: (seats: Iterable<Seat>, answered: (userId: string, may: boolean) => void) => Promise<void>;
  /** Brings a seat that is behind level with the room, and makes it live. */
  catchUp: (seat: Seat) => void;
  sendOut: (seat: Seat) => void;
}

/**
 * Writes nothing more to anybody until it is known whether they may still watch; then goes on with those who may, from where
 * they stand.
 * @param begin what is done for each of them before anything else is written to it
 */
export type AskEverybody = (begin: (seat: Seat) => void) => void;

export const createAsking = ({ seats, standing, askAgain, catchUp, sendOut }: AskingParts): AskEverybody => {
  let questions = 0;

  const hold = (seat: Seat): void => {
    if (seat.state === 'live') {
      const { epoch, seq } = standing(seat);
      Object.assign(seat, { epoch, sentSeq: seq });
    }
    seat.state = 'asked';
  };

  const goOn = (seat: Seat, begin: (seat: Seat) => void): void => {
    seat.state = 'behind';
    begin(seat);
    // The others go on when their answer has been written.
    if (seat.released) catchUp(seat);
  };

  return (begin) => {
    questions += 1;
    const question = questions;
    const byUser = new Map<string, Seat[]>();
    for (const seat of seats) {
      hold(seat);
      const { userId } = seat.connection.actor;
      byUser.set(userId, [...(byUser.get(userId) ?? []), seat]);
    }
    // Never rejects.
    void askAgain([...seats], (userId, may) => {
      // A later question stands: its answer decides.
      if (question !== questions) return;
      const asked = (byUser.get(userId) ?? []).filter(({ state }) => state === 'asked');
      for (const seat of asked) {
        if (may) goOn(seat, begin);
        else sendOut(seat);
      }
    });
  };
};

/** The seats of these users. */
export const seatsOf = (seats: ReadonlySet<Seat>, userIds: readonly string[]): Seat[] =>
  [...seats].filter(({ connection }) => userIds.includes(connection.actor.userId));

/**
 * Asks whether some users may still watch, and sends out who may not. Until the answer is there the room goes on for them: an
 * entry that evicts is for what must not be seen at all.
 */
export const createAskingAbout =
  ({ seats, askAgain, sendOut }: Pick<AskingParts, 'seats' | 'askAgain' | 'sendOut'>) =>
  (userIds: readonly string[]): void => {
    // Never rejects.
    void askAgain(seatsOf(seats, userIds), (userId, may) => {
      if (may) return;
      for (const seat of seatsOf(seats, [userId])) sendOut(seat);
    });
  };
