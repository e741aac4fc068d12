import { MAX_BUNDLE } from './request.ts';

interface SealedCall {
  id: string;
  sealed: string;
}

/** Calls of grouped operations on their way to the queue. */
export interface Bundles {
  add: (operation: string, call: SealedCall) => void;
}

/** How long the first call waits for company; what a worker decides together may as well travel together. */
const GATHER_MS = 1;

/** Puts calls of one operation that come at one moment into one job: with a crowd, a job costs more than a call. */
export const createBundles = (send: (operation: string, calls: SealedCall[]) => void): Bundles => {
  const gathering = new Map<string, SealedCall[]>();

  const flush = (operation: string, calls: SealedCall[]): void => {
    if (gathering.get(operation) === calls) gathering.delete(operation);
    send(operation, calls);
  };

  return {
    add: (operation, call) => {
      const calls = gathering.get(operation);
      if (!calls) {
        const opened = [call];
        gathering.set(operation, opened);
        setTimeout(() => {
          if (gathering.get(operation) === opened) flush(operation, opened);
        }, GATHER_MS);
        return;
      }
      calls.push(call);
      if (calls.length === MAX_BUNDLE) flush(operation, calls);
    },
  };
};
