import { isConflict, isTooSlow, isUnreachable, isUnwritable, neverBegan } from '../../platform/db/failures.ts';

/**
 * Why entries could not be stored:
 * - `entry`: PostgreSQL refuses what this very entry says. Every repeat would be refused.
 * - `slow`: others hold what it needs, or it took too long. Later it may pass.
 * - `system`: tables, rights, disk or memory are not as they must be; no entry would be stored.
 * - `unknown`: something else, a bug of ours first of all. It may be one room's own.
 */
export type Fault = 'entry' | 'slow' | 'system' | 'unknown';

/** SQLSTATE classes (PostgreSQL, appendix A): data exceptions, violated constraints, a row too large for its index. */
const ENTRY_CLASSES = new Set(['22', '23', '54']);
/** A column that no statement fills: the tables are newer than this program. Entries have all that theirs need. */
const NOT_NULL_VIOLATION = '23502';
/**
 * Connections, invalid transaction states (25006: read only), rights and names, resources, what an operator does, disks. With
 * them Prisma's own codes for a database that cannot be reached.
 */
const SYSTEM_CLASSES = new Set(['08', '25', '28', '3D', '3F', '42', '53', '55', '57', '58', 'F0', 'P1', 'P2']);
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** How deep Prisma nests the database's own error. */
const MAX_DEPTH = 5;

export const faultOf = (error: unknown): Fault => {
  if (isUnreachable(error) || isUnwritable(error) || neverBegan(error)) return 'system';
  if (isConflict(error) || isTooSlow(error)) return 'slow';
  // Prisma's own code stands beside the one that says why.
  const states = statesOf(error).filter((state) => state !== 'P2010');
  if (states.includes(NOT_NULL_VIOLATION)) return 'system';
  const classes = states.map((state) => state.slice(0, 2));
  if (classes.some((each) => ENTRY_CLASSES.has(each))) return 'entry';
  return classes.some((each) => SYSTEM_CLASSES.has(each)) ? 'system' : 'unknown';
};

const statesOf = (value: unknown, depth = 0): string[] => {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const isCode = (key === 'code' || key === 'originalCode') && typeof inner === 'string' && SQLSTATE.test(inner);
    return isCode ? [inner] : statesOf(inner, depth + 1);
  });
};
