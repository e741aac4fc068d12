import { invalidField } from '../../../kernel/errors.ts';
import type { StoredEntry } from './entry.reads.ts';

/** Where an entry stands among all entries of its account, whatever parts that has. */
export interface Place {
  bookedAt: Date;
  part: number;
  version: bigint;
}

const CURSOR = /^(\d{1,14})_(\d{1,2})_(\d{1,19})$/;
/** PostgreSQL's bigint ends here. */
const MAX_VERSION = 2n ** 63n - 1n;
/** The last moment of the year 9999. */
const MAX_MS = 253_402_300_799_999;

/** A place as a page names it to the next. */
export const placeOf = ({ bookedAt, part, version }: Pick<StoredEntry, keyof Place>): string =>
  `${bookedAt.getTime()}_${part}_${version}`;

/** @throws INVALID_INPUT naming `cursor` for what is no place */
export const readPlace = (cursor: string | undefined): Place | null => {
  if (cursor === undefined) return null;
  const [, atMs, part, version] = CURSOR.exec(cursor) ?? [];
  const place = { bookedAt: new Date(Number(atMs)), part: Number(part), version: BigInt(version ?? -1) };
  if (!(Number(atMs) <= MAX_MS) || place.version < 0n || place.version > MAX_VERSION) {
    throw invalidField('cursor', 'must be a nextCursor');
  }
  return place;
};
