import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { insertAccount, updateRole } from '../domains/identity/account/account.writes.ts';
import { hashPassword } from '../domains/identity/account/password.ts';
import type { Database } from '../platform/db/client.ts';
import { newId } from '../platform/ids.ts';

/** Any number that no other program of ours locks. */
const LOCK_KEY = 72_657_004;

/** The administrator of a fresh installation. */
const ADMIN = { username: 'admin', email: 'admin@rally.example', firstName: 'Demo', lastName: 'Admin' };

/**
 * Makes the demo administrator, once. The password is random, other than the demo people's, and lies in `demo-admin.json` of the
 * data folder, which its owner alone can read: the load tools on this machine find it there.
 * @returns the file; null when there is such an account already
 */
export const seedDemoAdmin = async (
  database: Database,
  { now, dataDir }: { now: Date; dataDir: string },
): Promise<string | null> => {
  const { email, username } = ADMIN;
  const password = randomBytes(18).toString('base64url');
  const passwordHash = await hashPassword(password);
  const id = newId();
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'demo-admin.json');
  return database.$transaction(async (tx) => {
    // Two starts at once: the second waits, then finds the account.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK_KEY})`;
    if ((await tx.user.count({ where: { OR: [{ email }, { username }] } })) > 0) return null;
    await insertAccount(tx, { id, ...ADMIN, passwordHash, emailVerified: true, now });
    await updateRole(tx, id, { role: 'ADMIN', now });
    await writeFile(file, `${JSON.stringify({ email, password }, null, 2)}\n`, { mode: 0o600 });
    return file;
  });
};
