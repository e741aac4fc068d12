import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Revocations } from '../../../platform/revocations.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { sessionEnded } from '../facts.ts';

interface Deps {
  revocations: Pick<Revocations, 'revoke'>;
  sockets: Pick<Sockets, 'closeSession'>;
}

/** Has every node refuse the session's access tokens and close its sockets. May run again: both are then no news. */
export const onSessionEnded = ({ revocations, sockets }: Deps): Subscriber =>
  subscribe({
    name: 'identity.closeEndedSession',
    fact: sessionEnded,
    urgency: 'NEXT',
    run: async ({ sessionId }) => {
      // Refused first: a socket closed before could come back with the same token.
      await revocations.revoke([sessionId]);
      sockets.closeSession(sessionId, 'UNAUTHENTICATED');
    },
  });
