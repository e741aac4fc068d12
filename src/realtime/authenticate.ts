import type { Socket } from 'socket.io';
import { AppError, wireError } from '../kernel/errors.ts';
import type { Revocations } from '../platform/revocations.ts';
import type { AccessClaims, Tokens } from '../platform/tokens.ts';

/** Who speaks on this socket, from the token of its handshake. @throws UNAUTHENTICATED, TOKEN_EXPIRED, OVERLOADED */
export const authenticate = async (
  socket: Socket,
  { tokens, revocations }: { tokens: Tokens; revocations: Revocations },
): Promise<AccessClaims> => {
  const token: unknown = socket.handshake.auth.token;
  if (typeof token !== 'string' || token === '') throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  const claims = await tokens.verify(token);
  if (await revocations.isRevoked(claims.actor.sessionId)) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  return claims;
};

/** A refused handshake: `connect_error` with the error as its `data`. */
export const refusal = (thrown: unknown): Error & { data: unknown } => {
  const error = thrown instanceof AppError ? thrown : new AppError('INTERNAL', 'Something went wrong on our side.');
  return Object.assign(new Error(error.message), { data: wireError(error) });
};
