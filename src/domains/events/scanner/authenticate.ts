import { AppError } from '../../../kernel/errors.ts';
import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Tokens } from '../../../platform/tokens.ts';
import { findDoorEvent } from '../checkin/door.reads.ts';
import { authenticate } from './contract.ts';
import { authenticationText } from './device-text.rules.ts';
import { grantScanner } from './grant.steps.ts';
import { scannerById } from './scanner.reads.ts';
import { lockScanner, updateScanner } from './scanner.writes.ts';
import { isTextSignedBy } from './signed-text.rules.ts';

/** A device's clock may be off by this much. */
const SKEW_MS = 5 * 60_000;
/** For so long after its time is over a device may still upload. */
const UPLOADS_MS = 30 * 24 * 3_600_000;

/** The same for a device that there is not and for a wrong signature. */
const unproved = (): AppError => new AppError('UNAUTHENTICATED', 'This is not signed by a device that is known here.');

/** Gives an enrolled device an access token for a proof of its key. A proof is good once. */
export const authenticateScanner = ({ tokens }: { tokens: Pick<Tokens, 'issue'> }) =>
  commit(authenticate, {
    load: async ({ scannerId }, { tx }) => {
      await lockScanner(tx, scannerId);
      const found = await scannerById(tx, scannerId);
      if (!found?.publicKey) throw unproved();
      return { ...found, publicKey: found.publicKey };
    },
    allow: anyone,
    run: async ({ scannerId, at, signature }, scanner, { tx }) => {
      if (!isTextSignedBy(authenticationText(scannerId, at), signature, scanner.publicKey)) throw unproved();
      const event = await findDoorEvent(tx, scanner.eventId);
      const provedAt = new Date(at);
      if (!event || isOver(scanner.expiresAt, event.now)) throw new AppError('GONE', 'The device’s time is over.');
      if (Math.abs(provedAt.getTime() - event.now.getTime()) > SKEW_MS) {
        throw new AppError('UNAUTHENTICATED', `The device’s clock is off: here it is ${event.now.toISOString()}.`);
      }
      if (scanner.provedAt && provedAt <= scanner.provedAt) {
        throw new AppError('UNAUTHENTICATED', 'This proof was used before: sign a later time.');
      }
      return grantScanner(tokens, await updateScanner(tx, scannerId, { provedAt, lastSeenAt: event.now }));
    },
  });

const isOver = (expiresAt: Date | null, now: Date): boolean =>
  expiresAt !== null && now.getTime() > expiresAt.getTime() + UPLOADS_MS;
