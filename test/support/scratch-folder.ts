import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/** A new, empty folder that is removed with the run. */
export const scratchFolder = (): string => mkdtempSync(join(inject('runFolder'), 'scratch-'));
