import type { Log } from '../log.ts';
import { isOutage } from '../outage.ts';

/**
 * Does one after the other; one that fails, as when somebody holds its lock, is logged and left to the next turn, and holds up
 * nobody.
 * @throws the error of an outage: it would be that of all the others too
 */
export const oneByOne = async (
  log: Pick<Log, 'warn'>,
  ids: readonly string[],
  run: (id: string) => Promise<void>,
): Promise<void> => {
  for (const id of ids) {
    try {
      await run(id);
    } catch (error) {
      if (isOutage(error)) throw error;
      log.warn({ id, err: error }, 'left to the next turn');
    }
  }
};
