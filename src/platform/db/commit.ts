import type { OperationContract } from '../../kernel/contract.ts';
import { type GroupSteps, type Handler, handle, handleTogether, type Steps } from '../../kernel/handler.ts';
import type { Transaction } from './client.ts';

/** `handle` for committed operations: their steps get the transaction they run in. */
export const commit = <C extends OperationContract & { durability: 'committed' }, S, P = unknown>(
  contract: C,
  steps: Steps<C, S, Transaction, P>,
): Handler => handle<C, S, Transaction, P>(contract, steps);

/** `handleTogether` for committed operations that a hot thing is served by. */
export const commitTogether = <C extends OperationContract & { durability: 'committed'; groupBy: string }, S>(
  contract: C,
  steps: GroupSteps<C, S, Transaction>,
): Handler => handleTogether<C, S, Transaction>(contract, steps);
