import { AppError } from '../../kernel/errors.ts';
import { anyone, handle } from '../../kernel/handler.ts';
import type { Revocations } from '../../platform/revocations.ts';
import type { Tokens } from '../../platform/tokens.ts';
import type { Connections } from '../connections.ts';
import { refresh } from './contract.ts';

export interface RefreshParts {
  connections: Connections;
  tokens: Tokens;
  revocations: Revocations;
  /** Sets the connection's expiry timers anew. */
  rearm: (connectionId: string) => void;
}

export const refreshSession = ({ connections, tokens, revocations, rearm }: RefreshParts) =>
  handle(refresh, {
    load: async ({ token }) => {
      const claims = await tokens.verify(token);
      if (await revocations.isRevoked(claims.actor.sessionId)) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
      return claims;
    },
    allow: anyone,
    run: (_input, claims, { actor, origin }) => {
      const connection = connections.find(origin.connectionId);
      // A token of another session would let one socket speak for two people.
      if (!connection || claims.actor.sessionId !== actor.sessionId) {
        throw new AppError('CONFLICT', 'The token belongs to another session, or the call did not come over a socket.');
      }
      connection.actor = claims.actor;
      connection.tokenExpiresAt = claims.expiresAt;
      rearm(connection.id);
      return { expiresAt: claims.expiresAt.toISOString() };
    },
  });
