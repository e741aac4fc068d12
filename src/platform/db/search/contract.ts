import { z } from 'zod';
import { lookedFor } from '../../../kernel/texts.ts';

/** What is looked for: words, `"an exact phrase"`, `-without`, `this or that`. Accents, case and endings do not matter. */
export const Words = lookedFor(200);

/** `nextCursor` of the page before, of the very same search. */
export const SearchCursor = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^[\w-]+$/, 'must be a nextCursor');

export const PageSize = z.int().min(1).max(50).default(20);

/**
 * How the items were found: `words` means that they hold the words, `similar` that hardly anything did, and that what is
 * spelled alike was added, `all` that no words were given.
 */
export const Matched = z.enum(['words', 'similar', 'all']);
