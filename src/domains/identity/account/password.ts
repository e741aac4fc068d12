import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { createLane } from '../../../platform/lane.ts';

/** argon2id, the library's default kind, with OWASP's first recommendation (Password Storage Cheat Sheet). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of the same cost as a real one, and the hash of no known password: what is kept of an account that has none. */
export const NOBODYS_HASH = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** A rush of sign-ins must leave a core to everything else this process does, and one of libuv's four threads. */
const AT_ONCE = Math.min(3, Math.max(1, availableParallelism() - 1));
/** The last of these waits 1.3 s on two quiet cores, well within what callers wait. */
const WAITING = 64 * AT_ONCE;
const { take: inTurn } = createLane({ atOnce: AT_ONCE, waiting: WAITING });

/** The hash to keep, in PHC string form. About 20 ms of one core. @throws OVERLOADED when too many wait for theirs */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(normalize(password), COST));

/**
 * Takes as long when there is no hash to compare with, so that nobody learns by the clock who has an account.
 * @throws OVERLOADED as `hashPassword`
 */
export const passwordMatches = async (kept: string | undefined, password: string): Promise<boolean> => {
  const matches = await inTurn(() => verify(kept ?? NOBODYS_HASH, normalize(password)));
  return matches && kept !== undefined;
};

/** Keyboards differ in how they compose the same letters (RFC 8265, section 4.2 asks for one form). */
const normalize = (password: string): string => password.normalize('NFKC');
