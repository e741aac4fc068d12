import { invalidField } from '../../kernel/errors.ts';
import { isStoredTime } from '../../kernel/instants.ts';

/** A place in a list that is ordered by a time and then by an id, both descending. */
export interface Place {
  at: Date;
  id: string;
}

const CURSOR = /^(-?\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** @throws INVALID_INPUT for what is no nextCursor */
export const readCursor = (cursor: string | undefined): Place | null => {
  if (cursor === undefined) return null;
  const [, atMs, id] = CURSOR.exec(cursor) ?? [];
  if (id !== undefined && isStoredTime(Number(atMs))) return { at: new Date(Number(atMs)), id };
  throw invalidField('cursor', 'must be a nextCursor');
};

/**
 * One page of a list read with one row too many: the extra row only says that there is more.
 * @param placeOf where the next page goes on
 */
export const pageOf = <Row>(rows: Row[], limit: number, placeOf: (row: Row) => Place) =>
  pageBy(rows, limit, (row) => {
    const { at, id } = placeOf(row);
    return `${at.getTime()}_${id}`;
  });

/** The same for a list ordered by one key, such as an id, which is then the cursor. */
export const pageBy = <Row>(rows: Row[], limit: number, keyOf: (row: Row) => string) => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? keyOf(last) : null };
};
