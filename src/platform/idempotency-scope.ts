import type { OperationContract } from '../kernel/contract.ts';
import type { Call } from '../kernel/handler.ts';
import { addressKey } from './addresses.ts';
import { sha256 } from './sealing.ts';

/**
 * Whose an idempotency key is: two callers' equal keys have nothing to do with each other. Who sends the secret that the
 * contract names is the same caller wherever they are and whether or not a token came with it; else the signed-in user is;
 * and without either whoever calls from the same address, an IPv6 /64 being one.
 */
export const scopeOf = ({ repeatsBy }: OperationContract, input: unknown, { actor, origin }: Call): string => {
  // Safe: the input was parsed by the contract, whose schema is an object.
  const secret = repeatsBy === undefined ? undefined : (input as Record<string, unknown>)[repeatsBy];
  if (typeof secret === 'string') return `by ${sha256(secret)}`;
  return actor?.userId ?? `from ${addressKey(origin.address)}`;
};
