import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { me } from './contract.ts';
import { openPhone } from './phone.reads.ts';
import { findOwnAccount } from './profile.reads.ts';

interface Deps {
  database: Pick<Database, 'user' | '$queryRaw'>;
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>;
}

/** The caller's own account. */
export const showMe = ({ database, subjectKeys }: Deps) =>
  handle(me, {
    load: (_input, { actor }) => findOwnAccount(database, actor.userId),
    allow: anyone,
    run: async (_input, { profile, createdAt, ...account }) => {
      const phone = await openPhone(subjectKeys, database, account);
      return { ...account, createdAt: createdAt.toISOString(), profile: { ...profile, phone } };
    },
  });
