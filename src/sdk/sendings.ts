import type { Receipt } from './contract.ts';
import type { RallyError } from './error.ts';

/** A message that was handed to the outbox. */
export interface Sending {
  clientId: string;
  /** When the room's log has it. @throws RallyError when it is refused for good */
  accepted: Promise<Receipt>;
  /** When PostgreSQL has it: no crash of anything can lose it now. @throws RallyError as `accepted` */
  durable: Promise<Receipt>;
}

interface Deferred<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: RallyError) => void;
}

/** The promises given for messages of this run of the program, by client id. */
export interface Sendings {
  begin: (clientId: string) => Sending;
  accepted: (clientId: string, receipt: Receipt) => void;
  durable: (clientId: string, receipt: Receipt) => void;
  fail: (clientId: string, error: RallyError) => void;
  failAll: (error: RallyError) => void;
}

export const createSendings = (): Sendings => {
  const open = new Map<string, { accepted: Deferred<Receipt>; durable: Deferred<Receipt> }>();
  const fail = (clientId: string, error: RallyError): void => {
    open.get(clientId)?.accepted.reject(error);
    open.get(clientId)?.durable.reject(error);
    open.delete(clientId);
  };
  return {
    begin: (clientId) => {
      const [accepted, durable] = [defer<Receipt>(), defer<Receipt>()];
      open.set(clientId, { accepted, durable });
      return { clientId, accepted: accepted.promise, durable: durable.promise };
    },
    accepted: (clientId, receipt) => open.get(clientId)?.accepted.resolve(receipt),
    durable: (clientId, receipt) => {
      open.get(clientId)?.durable.resolve(receipt);
      open.delete(clientId);
    },
    fail,
    failAll: (error) => {
      for (const clientId of [...open.keys()]) fail(clientId, error);
    },
  };
};

const defer = <T>(): Deferred<T> => {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: RallyError) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Who does not look at the promise hears of a refusal by `onFailed`; it is not an unhandled rejection.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
};
