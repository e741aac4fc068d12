import type { Actor } from '../kernel/actor.ts';
import type { OperationContract } from '../kernel/contract.ts';
import { AppError } from '../kernel/errors.ts';
import type { Platform } from '../platform/platform.ts';

const BEARER = /^Bearer +([^\s]+) *$/i;

/**
 * Who asks, from the bearer token. Public operations take no offence at a stale one: signing in again must work.
 * @throws UNAUTHENTICATED, TOKEN_EXPIRED, OVERLOADED
 */
export const authenticate = async (
  platform: Pick<Platform, 'tokens' | 'revocations'>,
  contract: OperationContract,
  authorization: string | undefined,
): Promise<Actor | null> => {
  if (authorization === undefined) return null;
  try {
    return await actorOf(platform, authorization);
  } catch (error) {
    if (contract.access === 'public' && error instanceof AppError) return null;
    throw error;
  }
};

const actorOf = async (
  { tokens, revocations }: Pick<Platform, 'tokens' | 'revocations'>,
  authorization: string,
): Promise<Actor> => {
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw new AppError('UNAUTHENTICATED', 'Send the access token as "Bearer <token>".');
  const { actor } = await tokens.verify(token);
  if (await revocations.isRevoked(actor.sessionId)) throw new AppError('UNAUTHENTICATED', 'This session has ended.');
  return actor;
};
