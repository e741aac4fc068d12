import { z } from 'zod';

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const STORABLE = /^[^\0\p{Surrogate}]*$/u;

/** Text that may be empty. */
export const text = (maxLength: number) =>
  z.string().trim().max(maxLength).regex(STORABLE, 'must be well-formed text without NUL');

/** Text that is not empty. */
export const words = (maxLength: number) => text(maxLength).min(1);
