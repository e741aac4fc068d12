/** SQLSTATE classes that a repeat cannot cure: data exceptions, violated constraints, wrong statements. */
const DATA_CLASSES = new Set(['22', '23', '42']);
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** How deep Prisma nests the database's own error. */
const MAX_DEPTH = 5;

const statesOf = (value: unknown, depth = 0): string[] => {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const isCode = (key === 'code' || key === 'originalCode') && typeof inner === 'string' && SQLSTATE.test(inner);
    return isCode ? [inner] : statesOf(inner, depth + 1);
  });
};

/** Whether the rows themselves were refused, in contrast to a database that is away or busy. */
export const isDataError = (error: unknown): boolean => {
  const states = statesOf(error);
  if (states.length > 0) return states.some((state) => DATA_CLASSES.has(state.slice(0, 2)));
  return error instanceof TypeError || error instanceof RangeError;
};
