import { parseInput, runSteps } from '../../../../src/kernel/execute.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import { newId } from '../../../../src/platform/ids.ts';
import type { FlowWorld } from './flow-world.ts';

/**
 * Runs an operation of payments as somebody, in one transaction, without the way over a queue.
 * @throws what the operation throws
 */
export const callAs = async (
  world: FlowWorld,
  { userId, role = 'USER' }: { userId: string; role?: string },
  operation: string,
  input: unknown,
): Promise<unknown> => {
  const handler = world.payments.operations.find(({ contract }) => contract.name === operation);
  if (!handler) throw new Error(`no operation ${operation}`);
  const call = {
    actor: { userId, sessionId: newId(), role },
    origin: { carrier: 'internal', address: '192.0.2.1', agent: 'test' },
    requestId: newId(),
    now: world.platform.clock.now(),
  } as const;
  const parsed = parseInput(handler.contract, input);
  return world.database.$transaction((tx) =>
    runSteps(handler, parsed, { ...call, ...{ tx, record: recordIn(tx), audit: () => {} } }),
  );
};
