import { createChains, orderKey } from '../kernel/chains.ts';
import { AppError, wireError } from '../kernel/errors.ts';
import { type Answer, execute, type Runtime } from '../kernel/execute.ts';
import type { Call, Handler } from '../kernel/handler.ts';
import type { Clock } from '../platform/clock.ts';
import { readIdempotencyKey } from '../platform/idempotency-key.ts';
import { createCallLane, type LaneParts, type Run } from './call-lane.ts';
import type { Connection } from './connections.ts';
import { isOverfull } from './frame-writer.ts';

export interface ExposeParts extends LaneParts {
  operations: ReadonlyMap<string, Handler>;
  runtime: Runtime;
  clock: Clock;
  /** The client made a call of this name. */
  called: (operation: string) => void;
}

type Acknowledge = (answer: Answer) => void;

const isAcknowledge = (value: unknown): value is Acknowledge => typeof value === 'function';

/** What came with the name of an operation: its input, and who waits for the answer. */
interface Message {
  given: unknown[];
  acknowledge: Acknowledge;
}

const readMessage = (args: unknown[]): Message => {
  const last = args.at(-1);
  return isAcknowledge(last)
    ? { given: args.slice(0, -1), acknowledge: last }
    : { given: args, acknowledge: () => undefined };
};

interface Input {
  input: unknown;
  idempotencyKey?: string;
}

/** Takes `idempotencyKey` off the input, where a socket has no header to put it. @throws INVALID_INPUT */
const readInput = ([raw, ...more]: unknown[]): Input => {
  if (more.length > 0) throw new AppError('INVALID_INPUT', 'A call carries one input and nothing else.');
  if (typeof raw !== 'object' || raw === null || !('idempotencyKey' in raw)) return { input: raw };
  const { idempotencyKey, ...input } = raw;
  return { input, idempotencyKey: readIdempotencyKey(idempotencyKey) };
};

/** For what went wrong before the operation could be asked. @throws whatever is no answer */
const refused = (thrown: unknown): Answer => {
  if (!(thrown instanceof AppError)) throw thrown;
  return { ok: false, error: wireError(thrown) };
};

const BUSY = wireError(
  new AppError('OVERLOADED', 'Too many calls of this connection are waiting.', { retryAfterMs: 1_000 }),
);

/** Serves every operation as an acknowledged message of the same name. One listener a socket, however many operations. */
export const exposeOperations = (connection: Connection, parts: ExposeParts): void => {
  const { operations, runtime, clock, called } = parts;
  const lane = createCallLane(connection.socket, parts);
  const chains = createChains();
  const origin = {
    carrier: 'socket' as const,
    address: connection.address,
    agent: connection.agent,
    connectionId: connection.id,
  };

  let calls = 0;

  const answerTo = (handler: Handler, given: unknown[], requestId: string): Promise<Answer> | Answer => {
    const call: Call = { actor: connection.actor, origin, requestId, now: clock.now() };
    try {
      const { input, ...key } = readInput(given);
      return execute(runtime, handler, input, { ...call, ...key });
    } catch (thrown) {
      const answer = refused(thrown);
      if (!answer.ok) runtime.observe(handler.contract, call, { code: answer.error.code, durationMs: 0 });
      return answer;
    }
  };

  const serve = async (handler: Handler, { given, acknowledge }: Message): ReturnType<Run> => {
    calls += 1;
    const requestId = `${connection.id}.${calls}`;
    const answer = await answerTo(handler, given, requestId);
    const after = connection.afterAnswer.get(requestId);
    connection.afterAnswer.delete(requestId);
    // What was only read can be read again; what has taken effect is told in any case, and is small.
    if (handler.contract.durability === 'read' && isOverfull(connection.socket)) {
      after?.dropped();
      return 'again';
    }
    acknowledge(answer.ok ? { ok: true, data: answer.data } : answer);
    after?.written();
    return 'answered';
  };

  connection.socket.onAny((name: string, ...args: unknown[]) => {
    const message = readMessage(args);
    const handler = operations.get(name);
    if (handler) called(name);
    // Never rejects: `execute` does not throw, and what follows it only writes.
    const run: Run = async () => {
      if (handler) {
        const key = orderKey(handler.contract, message.given[0]);
        return key === null ? serve(handler, message) : chains.follow(key, () => serve(handler, message));
      }
      message.acknowledge(refused(new AppError('NOT_FOUND', 'There is no operation of this name.')));
      return 'answered';
    };
    if (!lane.take(run)) message.acknowledge({ ok: false, error: BUSY });
  });
};
