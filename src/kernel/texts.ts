import { z } from 'zod';

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const STORABLE = /^[^\0\p{Surrogate}]*$/u;
/** What breaks a line, or is no character to read: control characters, and Unicode's own line and paragraph separators. */
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]*$/u;

/** Text of any number of lines; may be empty. */
export const text = (maxLength: number) =>
  z.string().trim().max(maxLength).regex(STORABLE, 'must be well-formed text without NUL');

/** Text of any number of lines that is not empty. */
export const words = (maxLength: number) => text(maxLength).min(1);

/** Text that is shown on one line, in lists, subjects and invoices; may be empty. */
export const lineOrNothing = (maxLength: number) =>
  z.string().trim().max(maxLength).regex(ONE_LINE, 'must be one line, without control characters');

/** One line of text that is not empty. */
export const line = (maxLength: number) => lineOrNothing(maxLength).min(1);
