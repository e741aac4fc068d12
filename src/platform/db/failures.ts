/** SQLSTATE codes (PostgreSQL, appendix A) after which the same transaction may succeed when it is run again. */
const CONFLICTS: ReadonlySet<string> = new Set(['40001', '40P01']);
/** Codes that say that something took too long: a statement, a lock, a whole transaction. */
const TOO_SLOW: ReadonlySet<string> = new Set(['57014', '55P03', '25P03', 'P2028']);
/** Prisma's and PostgreSQL's codes, and the adapter's kinds, for a server that is away, restarting or full. */
const AWAY: ReadonlySet<string> = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037'],
  ...['57P01', '57P02', '57P03', '53300'],
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
]);
/**
 * Codes for a server that answers and cannot write: read-only, as a standby is that was taken for the primary; a disk or
 * memory that is full; a disk that fails.
 */
const UNWRITABLE = /^(25006|53100|53200|58...)$/;
/** Prisma's words for a transaction that got no connection in time; the code is also that of one that ran too long. */
const NEVER_BEGAN = /Unable to start a transaction/;
/** What `pg` reports without a code. */
const AWAY_MESSAGE =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect/;
const UNIQUE_VIOLATION = '23505';

/** True for a deadlock or a serialization failure: everything was rolled back, run it again. */
export const isConflict = (error: unknown): boolean =>
  codesOf(error).some((code) => CONFLICTS.has(code) || code === 'P2034');

/** True when PostgreSQL or Prisma ended a statement or transaction that took too long; it was rolled back. */
export const isTooSlow = (error: unknown): boolean => codesOf(error).some((code) => TOO_SLOW.has(code));

/** True when PostgreSQL could not be reached or went away; whether the transaction was committed is not known. */
export const isUnreachable = (error: unknown): boolean => {
  if (codesOf(error).some((code) => AWAY.has(code) || code.startsWith('08'))) return true;
  return error instanceof Error && AWAY_MESSAGE.test(error.message);
};

/** True when PostgreSQL was reached and could not write. It says so itself, so nothing was committed. */
export const isUnwritable = (error: unknown): boolean => codesOf(error).some((code) => UNWRITABLE.test(code));

/** True when a transaction was not begun, because no connection was free or PostgreSQL does not answer. */
export const neverBegan = (error: unknown): boolean =>
  codesOf(error).includes('P2028') && error instanceof Error && NEVER_BEGAN.test(error.message);

/** The name of the unique constraint or index that a write violated, `users_email_key`; null for any other error. */
export const violatedConstraint = (error: unknown): string | null => {
  if (!codesOf(error).includes(UNIQUE_VIOLATION)) return null;
  const constraint = causeOf(error)?.constraint;
  return typeof constraint === 'object' ? (constraint.index ?? '') : '';
};

/** True when a row was not deleted because another one refers to it. */
export const isStillReferenced = (error: unknown): boolean =>
  codesOf(error).some((code) => code === 'P2003' || code === '23503' || code === '23001');

/** Where Prisma 7 keeps what the driver said; `meta.target` is gone. */
interface DriverCause {
  originalCode?: string;
  kind?: string;
  constraint?: { index?: string };
}

interface PrismaFailure {
  code?: string;
  meta?: { driverAdapterError?: { cause?: DriverCause } };
  cause?: DriverCause;
}

const causeOf = (error: unknown): DriverCause | undefined => {
  const failure = error as PrismaFailure | null;
  return failure?.meta?.driverAdapterError?.cause ?? failure?.cause;
};

const codesOf = (error: unknown): string[] => {
  if (!(error instanceof Error)) return [];
  const cause = causeOf(error);
  return [(error as PrismaFailure).code, cause?.originalCode, cause?.kind].filter((code) => typeof code === 'string');
};
