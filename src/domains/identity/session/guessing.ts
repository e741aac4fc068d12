import { addressKey } from '../../../platform/addresses.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { FailureBound, Failures } from '../../../platform/failures.ts';
import { refreshTokenHash } from './refresh-token.ts';
import { findRefreshToken } from './session.reads.ts';

/** Wrong passwords for one account from one place. */
const FROM_ADDRESS: FailureBound = { name: 'login/address', limit: 10, windowSeconds: 300 };
/** The same from a device that was signed in to the account, in place of the next bound. */
const FROM_DEVICE: FailureBound = { name: 'login/device', limit: 10, windowSeconds: 300 };
/** From however many places: so high that it takes twenty to keep anybody out, and their own devices pass it. */
export const FOR_EMAIL: FailureBound = { name: 'login/email', limit: 200, windowSeconds: 3_600 };

interface Deps {
  database: Pick<Database, 'refreshToken'>;
  failures: Failures;
}

/** A try to sign in. */
interface Try {
  email: string;
  address: string;
  /** A refresh token of the account, as the device keeps it; also one that was used or whose session has ended. */
  deviceToken: string | undefined;
  /** Undefined where nobody has the address: the bounds are the same. */
  userId: string | undefined;
}

/**
 * Counts a try to guess a password, before the password is looked at.
 * @returns takes the count back, for a try that did not fail
 * @throws RATE_LIMITED when too many have failed
 */
export const beginTry = async ({ database, failures }: Deps, attempt: Try): Promise<() => Promise<void>> => {
  const { email, address } = attempt;
  const sessionId = await sessionOf(database, attempt);
  const takeBack = await failures.begin(FROM_ADDRESS, `${email} ${addressKey(address)}`);
  try {
    const other = await (sessionId ? failures.begin(FROM_DEVICE, sessionId) : failures.begin(FOR_EMAIL, email));
    return async () => {
      await Promise.all([takeBack(), other()]);
    };
  } catch (refused) {
    await takeBack();
    throw refused;
  }
};

/** The session of this very account that the device held, or null. */
const sessionOf = async (reader: Deps['database'], { deviceToken, userId }: Try): Promise<string | null> => {
  if (deviceToken === undefined || userId === undefined) return null;
  const stored = await findRefreshToken(reader, refreshTokenHash(deviceToken));
  return stored?.user.id === userId ? stored.session.id : null;
};
