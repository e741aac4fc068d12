import type { PayloadOf } from '../../../kernel/contract.ts';
import type { Call, Commit } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Revocations } from '../../../platform/revocations.ts';
import { sessionEnded } from '../facts.ts';
import { revokeSession } from './session.writes.ts';

interface End {
  sessionId: string;
  userId: string;
  reason: PayloadOf<typeof sessionEnded>['reason'];
}

export interface Ending {
  revocations: Pick<Revocations, 'revoke'>;
}

/**
 * Ends a session and has it told once: ending it again changes nothing. Its access tokens are refused before the caller hears
 * the answer; should that fail, the fact has it done soon after, and has the sockets closed in any case.
 */
export const endSession = async (
  { revocations }: Ending,
  { sessionId, userId, reason }: End,
  { tx, now, record, audit, afterCommit }: Call & Commit<Transaction>,
): Promise<void> => {
  afterCommit(() => revocations.revoke([sessionId]));
  audit({ targetType: 'session', targetId: sessionId, subjectId: userId, after: { reason } });
  const endedHere = await revokeSession(tx, sessionId, { reason, now });
  if (endedHere) await record(sessionEnded, { sessionId, userId, reason, endedAt: now.toISOString() });
};
