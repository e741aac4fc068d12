import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDataFolder } from '../platform/embedded/data-folder.ts';
import { type Release, takeLock } from '../platform/embedded/folder-lock.ts';
import { canListen } from '../platform/embedded/ports.ts';
import { SetupError } from '../platform/embedded/setup-error.ts';

/** The nodes of a supervisor that was just killed need a moment to let go. */
const PORT_GRACE_MS = 2_000;
const POLL_MS = 100;

/**
 * Makes sure that the shared port and each node's own are free.
 * @throws SetupError naming the one that is not
 */
export async function claimPorts(port: number, nodes: number): Promise<void> {
  const deadline = performance.now() + PORT_GRACE_MS;
  for (let offset = 0; offset <= nodes; offset += 1) {
    while (!(await canListen({ port: port + offset }))) {
      if (performance.now() > deadline) throw new SetupError(portTaken(port, offset));
      await sleep(POLL_MS);
    }
  }
}

const portTaken = (port: number, offset: number): string =>
  `Port ${port + offset} is taken${offset === 0 ? '' : ` (node ${offset} listens alone on PORT + ${offset})`}: ` +
  'stop the program that listens there, or set PORT to another number';

/**
 * Makes sure that no other supervisor works on this data folder: each would stop the other's databases.
 * @returns lets go of the folder
 * @throws SetupError naming the process that has it
 */
export function claimFolder(dataDir: string): Release {
  const folder = openDataFolder(dataDir);
  const outcome = takeLock(join(folder, 'supervisor.lock'));
  if ('release' in outcome) return outcome.release;
  throw new SetupError(
    `Rally already runs on ${dataDir} (pid ${outcome.heldBy}): stop it, or set RALLY_DATA_DIR to another folder`,
  );
}
