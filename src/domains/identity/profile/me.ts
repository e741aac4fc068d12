import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import type { Pictured } from '../../media/api.ts';
import { me } from './contract.ts';
import { openPhone } from './phone.reads.ts';
import { findOwnAccount, presentProfile } from './profile.reads.ts';

interface Deps extends Pictured {
  database: Pick<Database, 'user' | '$queryRaw'>;
  subjectKeys: Pick<SubjectKeys, 'decryptFor'>;
}

/** The caller's own account. */
export const showMe = ({ database, subjectKeys, pictures }: Deps) =>
  handle(me, {
    load: (_input, { actor }) => findOwnAccount(database, actor.userId),
    allow: anyone,
    run: async (_input, { profile, createdAt, timeZone, ...account }, { now }) => {
      const phone = await openPhone(subjectKeys, database, account);
      return {
        ...account,
        createdAt: createdAt.toISOString(),
        profile: { ...presentProfile(profile, { pictures, now }), phone, timeZone },
      };
    },
  });
