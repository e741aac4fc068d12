import type { RoomEntry, RoomHandler } from '../../kernel/domain.ts';
import { boundTransaction } from '../../platform/db/bound-transaction.ts';
import type { Database, Transaction } from '../../platform/db/client.ts';
import { placeOf } from '../persist/letter.ts';
import type { Letter } from './letters.ts';

/** What is to become of one letter. */
export interface Retried {
  letter: Letter;
  /** Null when it was stored or queued, and the letter is gone. */
  failure: unknown;
}

/** How rooms of a kind are stored; kinds that are not named keep nothing beyond their log. */
export type Persisters = ReadonlyMap<string, NonNullable<RoomHandler<Transaction>['persist']>>;

/**
 * Stores entries that were put aside, at their places: each room's in their order, up to the first that is refused again. An
 * entry and its letter change hands in one transaction.
 */
export const retryRoomLetters = async (
  database: Database,
  persisters: Persisters,
  letters: readonly Letter[],
): Promise<Retried[]> => {
  const placed = letters
    .map((letter) => ({ letter, place: placeOf(letter.reference) }))
    .sort((a, b) => compare(a.place.room, b.place.room) || a.place.seq - b.place.seq);
  const refused = new Set<string>();
  const retried: Retried[] = [];
  for (const { letter, place } of placed) {
    if (refused.has(place.room)) {
      retried.push({ letter, failure: new Error('an earlier entry of the room could not be stored') });
      continue;
    }
    const failure = await storeLetter(database, persisters, letter).catch((error: unknown) => error);
    if (failure !== null) refused.add(place.room);
    retried.push({ letter, failure });
  }
  return retried;
};

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

const storeLetter = (database: Database, persisters: Persisters, letter: Letter): Promise<null> =>
  boundTransaction(database, async (tx) => {
    const { room, kind, id, epoch } = placeOf(letter.reference);
    // Safe: letters of rooms hold the entry, by `letterOf`.
    const entry = letter.payload as RoomEntry;
    await persisters.get(kind)?.(tx, [{ room, id, epoch, entries: [entry] }]);
    await tx.deadLetter.deleteMany({ where: { id: letter.id } });
    return null;
  });
