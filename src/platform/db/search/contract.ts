import { z } from 'zod';
import { lookedFor } from '../../../kernel/texts.ts';

/** What is looked for: words, `"an exact phrase"`, `-without`, `this or that`. Accents, case and endings do not matter. */
export const Words = lookedFor(200);

/**
 * How the items were found: `words` means that they hold the words, `similar` that hardly anything did, and that what is
 * spelled alike was added, `all` that no words were given.
 */
export const Matched = z.enum(['words', 'similar', 'all']);
