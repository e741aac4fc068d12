import { insertAccount } from '../domains/identity/account/account.writes.ts';
import { hashPassword } from '../domains/identity/account/password.ts';
import { updateProfile } from '../domains/identity/profile/profile.writes.ts';
import type { Database, Transaction } from '../platform/db/client.ts';
import { newId } from '../platform/ids.ts';
import { DEMO_CHATS } from './chats.ts';
import { DEMO_PASSWORD, DEMO_PEOPLE, emailOf, WHO, type Who } from './people.ts';
import { insertChat } from './write-chat.ts';

type Ids = Record<Who, string>;

/** Any number that no other program of ours locks. */
const LOCK_KEY = 72_657_001;

/**
 * Writes the demo people and their chats in one transaction.
 * @returns `present` when they were there already; `taken` when somebody else has one of their names: then nothing is done
 */
export const seedDemoWorld = async (database: Database, now: Date): Promise<'made' | 'present' | 'taken'> => {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  return database.$transaction(
    async (tx) => {
      // Two starts at once: the second waits, then finds them.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK_KEY})`;
      const emails = WHO.map(emailOf);
      const found = await tx.user.count({ where: { email: { in: emails } } });
      if (found === WHO.length) return 'present';
      if (found > 0 || (await tx.user.count({ where: { username: { in: WHO } } })) > 0) return 'taken';
      const ids = {} as Ids;
      for (const who of WHO) ids[who] = await insertPerson(tx, who, { passwordHash, now });
      for (const chat of DEMO_CHATS) await insertChat(tx, { ...chat, id: newId(), endsAt: now }, ids);
      return 'made';
    },
    { timeout: 30_000 },
  );
};

const insertPerson = async (tx: Transaction, who: Who, { passwordHash, now }: { passwordHash: string; now: Date }) => {
  const { firstName, lastName, bio } = DEMO_PEOPLE[who];
  const id = newId();
  const names = { username: who, firstName, lastName };
  await insertAccount(tx, { id, email: emailOf(who), ...names, passwordHash, emailVerified: true, now });
  await updateProfile(tx, {
    userId: id,
    profile: { firstName, lastName, bio: null, avatarAsset: null, coverAsset: null },
    change: { bio },
    now,
  });
  return id;
};
