/**
 * One page of a list read with one row too many: the extra row only says that there is more.
 * @param keyOf what the next page continues after
 */
export const pageOf = <Row>(rows: Row[], limit: number, keyOf: (row: Row) => string) => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? keyOf(last) : null };
};
