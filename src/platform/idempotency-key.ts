import { type AppError, invalidField } from '../kernel/errors.ts';

/** Longest idempotency key, in characters. */
export const MAX_KEY_LENGTH = 200;

/** What neither PostgreSQL nor Redis keeps as it is: NUL, and halves of a surrogate pair. */
const UNKEEPABLE = /[\0\p{Cs}]/u;

/** A caller's key for a call and its repeats. @throws INVALID_INPUT: a key that is passed over would let a repeat double */
export const readIdempotencyKey = (raw: unknown): string => {
  if (typeof raw !== 'string') throw invalid('must be text');
  if (raw.length === 0 || raw.length > MAX_KEY_LENGTH) throw invalid(`must have 1 to ${MAX_KEY_LENGTH} characters`);
  if (UNKEEPABLE.test(raw)) throw invalid('must be Unicode without NUL');
  return raw;
};

const invalid = (message: string): AppError => invalidField('idempotencyKey', message);
