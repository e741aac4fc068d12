import type { PayloadOf } from '../../../kernel/contract.ts';
import type { Call, Commit } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { sessionEnded } from '../facts.ts';
import { revokeSession } from './session.writes.ts';

interface End {
  sessionId: string;
  userId: string;
  reason: PayloadOf<typeof sessionEnded>['reason'];
}

/** Ends a session and has it told once: ending it again changes nothing. Its tokens and sockets go after the commit. */
export const endSession = async (
  { sessionId, userId, reason }: End,
  { tx, now, record, audit }: Pick<Call & Commit<Transaction>, 'tx' | 'now' | 'record' | 'audit'>,
): Promise<void> => {
  audit({ targetType: 'session', targetId: sessionId, subjectId: userId, after: { reason } });
  const endedHere = await revokeSession(tx, sessionId, { reason, now });
  if (endedHere) await record(sessionEnded, { sessionId, userId, reason, endedAt: now.toISOString() });
};
