import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { currentRunFolder } from './run-in-progress.ts';

/** A new, empty folder that is removed with the run. */
export const scratchFolder = (): string => mkdtempSync(join(currentRunFolder(), 'scratch-'));
