import { AppError, wireError } from '../kernel/errors.ts';
import { type Answer, execute, type Runtime } from '../kernel/execute.ts';
import type { Call, Handler } from '../kernel/handler.ts';
import type { Clock } from '../platform/clock.ts';
import type { Connection } from './connections.ts';

export interface ExposeParts {
  operations: ReadonlyMap<string, Handler>;
  runtime: Runtime;
  clock: Clock;
}

type Acknowledge = (answer: Answer) => void;

const isAcknowledge = (value: unknown): value is Acknowledge => typeof value === 'function';

/** Takes `idempotencyKey` off the input, where a socket has no header to put it. */
const splitKey = (raw: unknown): { input: unknown; key: string | undefined } => {
  if (typeof raw !== 'object' || raw === null || !('idempotencyKey' in raw)) return { input: raw, key: undefined };
  const { idempotencyKey, ...input } = raw;
  const key = typeof idempotencyKey === 'string' && idempotencyKey.length <= 200 ? idempotencyKey : undefined;
  return { input, key };
};

/** Serves every operation as an acknowledged message of the same name. One listener a socket, however many operations. */
export const exposeOperations = (connection: Connection, { operations, runtime, clock }: ExposeParts): void => {
  const origin = {
    carrier: 'socket' as const,
    address: connection.address,
    agent: connection.agent,
    connectionId: connection.id,
  };

  let calls = 0;

  const serve = async (handler: Handler, raw: unknown, acknowledge: Acknowledge): Promise<void> => {
    const { input, key } = splitKey(raw);
    calls += 1;
    const requestId = `${connection.id}.${calls}`;
    const call: Call = {
      actor: connection.actor,
      origin,
      requestId,
      now: clock.now(),
      ...(key === undefined ? {} : { idempotencyKey: key }),
    };
    const answer = await execute(runtime, handler, input, call);
    acknowledge(answer.ok ? { ok: true, data: answer.data } : answer);
    const after = connection.afterAnswer.get(requestId);
    if (!after) return;
    connection.afterAnswer.delete(requestId);
    after();
  };

  connection.socket.onAny((name: string, ...args: unknown[]) => {
    const last = args.at(-1);
    const acknowledge = isAcknowledge(last) ? last : () => undefined;
    const handler = operations.get(name);
    if (!handler) {
      const error = new AppError('NOT_FOUND', 'There is no operation of this name.');
      acknowledge({ ok: false, error: wireError(error) });
      return;
    }
    const raw = isAcknowledge(args[0]) ? undefined : args[0];
    // Never rejects: `execute` does not throw, and what follows it only writes.
    void serve(handler, raw, acknowledge);
  });
};
