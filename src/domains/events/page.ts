import { invalidField } from './invalid-field.ts';

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
  if (atMs === undefined || id === undefined) throw invalidField('cursor', 'must be a nextCursor');
  return { at: new Date(Number(atMs)), id };
};

/**
 * One page of a list read with one row too many: the extra row only says that there is more.
 * @param placeOf where the next page goes on
 */
export const pageOf = <Row>(rows: Row[], limit: number, placeOf: (row: Row) => Place) => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items, nextCursor: null };
  const { at, id } = placeOf(last);
  return { items, nextCursor: `${at.getTime()}_${id}` };
};
