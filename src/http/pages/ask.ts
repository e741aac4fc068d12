import type { z } from 'zod';
import type { OperationContract, OutputOf } from '../../kernel/contract.ts';
import { AppError, fromWireError } from '../../kernel/errors.ts';
import { execute } from '../../kernel/execute.ts';
import type { Handler } from '../../kernel/handler.ts';
import type { AppContext } from '../app-env.ts';
import { callOf, type ExposeParts } from '../expose.ts';

/** Asks an operation as somebody without an account, from the reader's address. @throws AppError as it answered */
export type Ask = <C extends OperationContract>(
  c: AppContext,
  contract: C,
  input: z.input<C['input']>,
) => Promise<OutputOf<C>>;

/** Makes calls in process, through the same steps that a call over HTTP takes: rates, access and log lines included. */
export const createAsk = (handlers: readonly Handler[], { platform, runtime }: ExposeParts): Ask => {
  const byName = new Map(handlers.map((handler) => [handler.contract.name, handler]));
  return async (c, contract, input) => {
    const handler = byName.get(contract.name);
    if (!handler) throw new Error(`no operation ${contract.name} is served here`);
    const answer = await execute(runtime, handler, input, callOf(c, platform));
    if (!answer.ok) throw fromWireError(answer.error);
    // Safe: `execute` has checked the output by this contract.
    return answer.data as OutputOf<typeof contract>;
  };
};

/** The answer, or null where there is no such thing for this reader. */
export const orNull = async <T>(asked: Promise<T>): Promise<T | null> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
};
