import { uuidv7 } from 'uuidv7';
import { createChains, orderKey } from '../kernel/chains.ts';
import { backoffMs, pause } from './backoff.ts';
import type { Connection } from './connection.ts';
import type { Input, OperationFacts, OperationName, Output } from './contract.ts';
import { type RallyError, signedOut, toRallyError, unreachable } from './error.ts';
import { callOverHttp } from './http.ts';
import { operations } from './operations.ts';
import type { Session } from './session.ts';

export interface CallOptions {
  /** How long to go on trying, in milliseconds; 30 s unless told. */
  timeoutMs?: number;
  /** Makes repeats of a committed operation one; made up for each call unless given. */
  idempotencyKey?: string;
}

/** Fields of the operation, and options; the input may be left out where no field is required. */
type Arguments<N extends OperationName> =
  Record<never, never> extends Input<N>
    ? [input?: Input<N>, options?: CallOptions]
    : [input: Input<N>, options?: CallOptions];

/**
 * Calls an operation by its name.
 * @throws RallyError the server's answer, or UNREACHABLE when there was none in time
 */
export type Call = <N extends OperationName>(name: N, ...args: Arguments<N>) => Promise<Output<N>>;

export interface CallEnvironment {
  url: string;
  session: Session;
  connection: Connection;
}

const TIMEOUT_MS = 30_000;
/** How long one attempt may take; a committed operation answers within 5 s or says COMMIT_TIMEOUT. */
const ATTEMPT_MS = 10_000;
/** Worth another attempt here. A rate limit is not: the caller should know of it. */
const REPEATED = new Set(['UNREACHABLE', 'OVERLOADED', 'COMMIT_TIMEOUT']);

/**
 * Makes `call`: over the live connection while someone is signed in, else over HTTP. What an operation's contract wants in
 * order is called one after the other, repeats included: an edit that is repeated must not overtake the one after it.
 */
export const createCall = (environment: CallEnvironment): Call => {
  const chains = createChains();
  const contact = createContact(environment.connection);
  const call = (name: string, input: object = {}, options: CallOptions = {}): Promise<unknown> => {
    const operation = operations.get(name);
    if (!operation) throw new TypeError(`There is no operation ${name}`);
    const idempotencyKey = options.idempotencyKey ?? (operation.durability === 'committed' ? uuidv7() : undefined);
    const deadlineMs = Date.now() + (options.timeoutMs ?? TIMEOUT_MS);
    const callNow = (): Promise<unknown> =>
      keepTrying(operation, deadlineMs, (leftMs) =>
        contact(() => attemptOnce(environment, { operation, input, idempotencyKey, leftMs })),
      );
    const key = orderKey(operation, input);
    return key === null ? callNow() : chains.follow(key, callNow);
  };
  // Safe: the server answers with what the contract of this very name says.
  return call as Call;
};

/**
 * Makes the first contact of all with the server differ from the others: somebody who signs in waits for it, and that nobody
 * is at the address is told at once, with the cause. `fetch` throws a TypeError for that alone.
 */
const createContact = ({ status }: Connection) => {
  let isMade = status.phase !== 'signedOut';
  return async (attempt: () => Promise<unknown>): Promise<unknown> => {
    try {
      const answer = await attempt();
      isMade = true;
      return answer;
    } catch (thrown) {
      const error = toRallyError(thrown);
      if (!isMade && error.cause instanceof TypeError) {
        throw unreachable(error.message, { retryable: false, cause: error.cause });
      }
      isMade = true;
      throw error;
    }
  };
};

/** Makes attempts until one succeeds, another would be in vain, or the time is up. @throws RallyError the last one's */
export const keepTrying = async (
  operation: OperationFacts,
  deadlineMs: number,
  attemptFor: (leftMs: number) => Promise<unknown>,
): Promise<unknown> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await attemptFor(deadlineMs - Date.now());
    } catch (thrown) {
      const error = toRallyError(thrown);
      const delayMs = error.retryAfterMs ?? backoffMs(attempt);
      if (!isWorthRepeating(operation, error) || Date.now() + delayMs >= deadlineMs) throw error;
      await pause(delayMs);
    }
  }
};

/**
 * Every kind of call may be repeated but one: a read changes nothing, a committed one carries its idempotency key, an
 * accepted one its own id or an absolute value. An ephemeral one, such as typing, is about now or nothing. Nobody is
 * there to repeat to where the very address is wrong.
 */
const isWorthRepeating = (operation: OperationFacts, error: RallyError): boolean =>
  REPEATED.has(error.code) && error.retryable && operation.durability !== 'ephemeral';

interface Attempt {
  operation: OperationFacts;
  input: object;
  idempotencyKey: string | undefined;
  leftMs: number;
}

const attemptOnce = async ({ url, session, connection }: CallEnvironment, attempt: Attempt): Promise<unknown> => {
  const { operation, input, idempotencyKey, leftMs } = attempt;
  const timeoutMs = Math.max(1, Math.min(leftMs, ATTEMPT_MS));
  if (connection.status.phase === 'signedOut' || beginsSession(operation)) {
    if (operation.access !== 'public' && !session.held) throw signedOut();
    const accessToken = operation.access === 'public' ? undefined : await session.freshToken();
    return callOverHttp(url, { contract: operation, input, accessToken, idempotencyKey, timeoutMs });
  }
  if (operation.durability === 'ephemeral' && !connection.link) throw unreachable('There is no connection.');
  const link = await connection.online(leftMs);
  return link.call(operation.name, idempotencyKey ? { ...input, idempotencyKey } : input, timeoutMs);
};

const BEGIN_SESSION: ReadonlySet<string> = new Set(['account.register', 'session.login', 'session.renew']);

/** Registering and signing in are nobody's calls: they are not made on the connection of who is signed in now. */
const beginsSession = ({ name }: OperationFacts): boolean => BEGIN_SESSION.has(name);
