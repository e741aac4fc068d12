import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { faultOf } from './fault.ts';

/** The log says so again this often while storing stands still. */
const SAY_AGAIN_MS = 30_000;

/** Says that nothing is stored, and that it is stored again. */
export interface StopAlarm {
  raise: (error: unknown) => void;
  clear: () => void;
}

export const createStopAlarm = ({ logger, metrics }: { logger: Log; metrics: Metrics }): StopAlarm => {
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let isRaised = false;
  return {
    raise: (error) => {
      isRaised = true;
      metrics.persistStopped.set(1);
      if (performance.now() - saidAtMs < SAY_AGAIN_MS) return;
      saidAtMs = performance.now();
      logger.error(
        { fault: faultOf(error), err: error },
        'nothing is stored: entries wait in the log until this is mended',
      );
    },
    clear: () => {
      if (!isRaised) return;
      isRaised = false;
      saidAtMs = Number.NEGATIVE_INFINITY;
      metrics.persistStopped.set(0);
      logger.info('entries are stored again');
    },
  };
};
