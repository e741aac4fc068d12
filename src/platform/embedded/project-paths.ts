import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A path inside the project. src/platform/embedded and dist/platform/embedded lie equally deep in it. */
export const projectPath = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** The folder of everything a running Rally keeps: RALLY_DATA_DIR, else `.rally` in the project. */
export const dataFolder = (environment: NodeJS.ProcessEnv): string =>
  resolve(environment.RALLY_DATA_DIR ?? projectPath('.rally'));
