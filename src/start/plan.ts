import type { Say } from './keep-running.ts';
import type { StartSettings } from './settings.ts';

/** What the supervisor is to run. */
export interface Plan {
  readonly settings: StartSettings;
  /** Handed on to every process, completed by what is embedded. */
  readonly environment: NodeJS.ProcessEnv;
  /** The program of nodes and worker. */
  readonly mainPath: string;
  /** The program that loads reference and demo data; skipped if the file does not exist. */
  readonly seedPath: string;
  readonly migrationsDir: string;
  readonly say: Say;
}
