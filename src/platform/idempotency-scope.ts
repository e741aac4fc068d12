import type { OperationContract } from '../kernel/contract.ts';
import type { Call } from '../kernel/handler.ts';
import { addressKey } from './addresses.ts';
import { sha256 } from './sealing.ts';

/**
 * Names the caller to whom an idempotency key belongs; the equal keys of two callers have nothing to do with each other. A
 * caller is known by the secret that the contract names, wherever they are and whether or not a token came with it; else
 * by their account; and without either by their address, an IPv6 /64 being one.
 */
export const scopeOf = ({ repeatsBy }: OperationContract, input: unknown, { actor, origin }: Call): string => {
  // Safe: the input was parsed by the contract, whose schema is an object.
  const secret = repeatsBy === undefined ? undefined : (input as Record<string, unknown>)[repeatsBy];
  if (typeof secret === 'string') return `by ${sha256(secret)}`;
  return actor?.userId ?? `from ${addressKey(origin.address)}`;
};
