import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SetupError } from '../platform/embedded/setup-error.ts';
import { inheritedArguments } from './child-processes.ts';
import { forwardLines } from './forward-lines.ts';
import type { Say } from './keep-running.ts';

/** What to run, and with what. */
export interface SeedRun {
  readonly seedPath: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: Say;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/**
 * Loads the reference and demo data, which does nothing the second time.
 * @throws SetupError if it fails
 */
export async function runSeed({ seedPath, environment, say, signal }: SeedRun): Promise<void> {
  if (!existsSync(seedPath)) return;
  const child = spawn(process.execPath, [...inheritedArguments(), seedPath], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  forwardLines(child.stdout, (line) => say('seed', line));
  forwardLines(child.stderr, (line) => say('seed', line));
  const how = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : `it ended with code ${code}`));
  });
  if (how !== undefined) throw new SetupError(`The demo data could not be loaded: ${how}`);
}
