import { randomBytes } from 'node:crypto';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import { sha256 } from '../../../platform/sealing.ts';
import { doorFor } from '../checkin/subject.steps.ts';
import { scannerChanged } from '../door/facts.ts';
import { canManage } from '../door/policy.ts';
import { invite, MAX_SCANNERS } from './contract.ts';
import { presentScanner } from './present.ts';
import { countScanners } from './scanner.reads.ts';
import { insertScanner } from './scanner.writes.ts';

/** An invitation that is older than this enrols nobody. */
const INVITATION_MS = 10 * 60_000;
/** A device works so long after the event's end at most. */
const AFTER_END_MS = 12 * 3_600_000;

/** Prepares a device. Its token is a secret of 32 bytes, of which the hash alone is kept. */
export const inviteScanner = () =>
  commit(invite, {
    load: ({ eventId }, { tx, actor }) => doorFor(tx, eventId, actor),
    allow: (_actor, { keeper }) => canManage(keeper),
    run: async ({ eventId, name, listId, gate, scope, expiresAt }, { door }, { tx, actor, record, audit }) => {
      const { event, lists } = door;
      if (listId !== undefined && !lists.has(listId)) throw invalidField('listId', 'is no list of this event');
      if ((await countScanners(tx, eventId)) >= MAX_SCANNERS) {
        throw new AppError('CONFLICT', `An event has ${MAX_SCANNERS} devices at most.`);
      }
      const latest = new Date(event.endDate.getTime() + AFTER_END_MS);
      const until = expiresAt === undefined ? latest : new Date(expiresAt);
      if (until > latest) throw invalidField('expiresAt', 'must be within 12 hours after the event’s end');
      if (until <= event.now) throw invalidField('expiresAt', 'has passed');
      const token = randomBytes(32).toString('base64url');
      const tokenExpiresAt = new Date(event.now.getTime() + INVITATION_MS);
      const row = await insertScanner(tx, {
        ...{ id: newId(), eventId, name, scope, registeredById: actor.userId, status: 'INVITED', expiresAt: until },
        ...{ listId: listId ?? null, gate: gate ?? null },
        ...{ invitationHash: sha256(token), invitationExpiresAt: tokenExpiresAt },
      });
      await record(scannerChanged, {
        ...{ eventId, hostId: event.hostId, scannerId: row.id },
        ...{ status: row.status, endedSessionId: null },
      });
      audit({ targetType: 'scanner', targetId: row.id, after: { eventId, name, scope } });
      return { scanner: presentScanner(row), token, tokenExpiresAt: tokenExpiresAt.toISOString() };
    },
  });
