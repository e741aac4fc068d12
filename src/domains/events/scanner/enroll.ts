import { AppError, invalidField } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import { sha256 } from '../../../platform/sealing.ts';
import type { Tokens } from '../../../platform/tokens.ts';
import { findDoorEvent } from '../checkin/door.reads.ts';
import { scannerChanged } from '../door/facts.ts';
import { enroll } from './contract.ts';
import { enrollmentText } from './device-text.rules.ts';
import { grantScanner } from './grant.steps.ts';
import { scannerInvitedBy } from './scanner.reads.ts';
import { lockScanner, updateScanner } from './scanner.writes.ts';
import { isTextSignedBy } from './signed-text.rules.ts';

const gone = (): AppError => new AppError('GONE', 'The invitation was used, or is too old: ask for another one.');

/** Gives an invited device its key; of two that use one invitation at once, one is enrolled. */
export const enrollScanner = ({ tokens }: { tokens: Pick<Tokens, 'issue'> }) =>
  commit(enroll, {
    load: async ({ token }, { tx }) => {
      const found = await scannerInvitedBy(tx, sha256(token));
      if (!found) throw gone();
      await lockScanner(tx, found.id);
      return (await scannerInvitedBy(tx, sha256(token))) ?? { ...found, invitationHash: null };
    },
    allow: anyone,
    run: async ({ token, publicKey, signature, agent }, scanner, { tx, record }) => {
      const event = await findDoorEvent(tx, scanner.eventId);
      const isOpen = scanner.status === 'INVITED' && scanner.invitationHash !== null;
      if (!event || !isOpen || (scanner.invitationExpiresAt ?? event.now) <= event.now) throw gone();
      if (!isTextSignedBy(enrollmentText(token), signature, publicKey)) {
        throw invalidField('signature', 'is not one by this key over this token');
      }
      const row = await updateScanner(tx, scanner.id, {
        ...{ status: 'ACTIVE', publicKey, sessionId: newId(), agent: agent ?? null },
        ...{ invitationHash: null, invitationExpiresAt: null, lastSeenAt: event.now, provedAt: event.now },
      });
      await record(scannerChanged, {
        ...{ eventId: event.id, hostId: event.hostId, scannerId: row.id },
        ...{ status: row.status, endedSessionId: null },
      });
      return grantScanner(tokens, row);
    },
  });
