import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { projectPath } from './platform/embedded/project-paths.ts';
import { SetupError } from './platform/embedded/setup-error.ts';
import { readSettings } from './start/settings.ts';
import { supervise } from './start/supervise.ts';

/** Wide enough for `postgres`, the longest name. */
const NAME_WIDTH = 8;
const PARENT_POLL_MS = 500;

/** `npm start`: the whole server on this machine, until Ctrl-C. */
async function main(): Promise<void> {
  const { stop, force } = endingBySignals();
  await supervise(
    {
      settings: readSettings(process.env),
      environment: process.env,
      mainPath: neighbour('main'),
      seedPath: neighbour('seed'),
      migrationsDir: projectPath('prisma/migrations'),
      say,
    },
    { stop, force },
  );
}

/** The first signal stops in order, the second kills what still drains, the third leaves at once. */
function endingBySignals(): { stop: AbortSignal; force: AbortSignal } {
  const steps = [new AbortController(), new AbortController()] as const;
  let signals = 0;
  const next = (): void => {
    const step = steps[signals];
    signals += 1;
    if (step) step.abort();
    else process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, next);
  whenNpmEnds(() => steps[0].abort());
  return { stop: steps[0].signal, force: steps[1].signal };
}

/** npm passes SIGTERM to the shell between it and us, which dies of it without a word to us. */
function whenNpmEnds(end: () => void): void {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, PARENT_POLL_MS);
}

/** Compiled or not, the programs lie beside this one and end like it. */
const neighbour = (name: string): string =>
  fileURLToPath(new URL(`./${name}${extname(fileURLToPath(import.meta.url))}`, import.meta.url));

const say = (name: string, line: string): void => {
  process.stdout.write(`${pc.dim(`${name.padEnd(NAME_WIDTH)} │`)} ${line}\n`);
};

// A terminal that has gone away must not end the server before it has stopped in order.
process.stdout.on('error', () => {});

try {
  await main();
  process.exit(0);
} catch (error) {
  if (error instanceof SetupError) process.stderr.write(`${error.message}\n`);
  else console.error(error);
  process.exit(1);
}
