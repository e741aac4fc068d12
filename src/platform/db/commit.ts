import type { OperationContract } from '../../kernel/contract.ts';
import { type Handler, handle, type Steps } from '../../kernel/handler.ts';
import type { Transaction } from './client.ts';

/** `handle` for committed operations: their steps get the transaction they run in. */
export const commit = <C extends OperationContract & { durability: 'committed' }, S>(
  contract: C,
  steps: Steps<C, S, Transaction>,
): Handler => handle<C, S, Transaction>(contract, steps);
