/**
 * One page of a list by id, read with one row too many: the extra row only says that there is more.
 * @returns the page, and the id after which the next one begins
 */
export const pageOf = <Row extends { id: string }>(rows: Row[], limit: number) => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? last.id : null };
};
