import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { update } from './contract.ts';
import { openPhone } from './phone.reads.ts';
import { savePhone } from './phone.writes.ts';
import { findOwnAccount } from './profile.reads.ts';
import { updateProfile } from './profile.writes.ts';

interface Deps {
  subjectKeys: SubjectKeys;
}

/** Changes the caller's own profile. */
export const updateOwnProfile = ({ subjectKeys }: Deps) =>
  commit(update, {
    load: (_input, { tx, actor }) => findOwnAccount(tx, actor.userId),
    allow: anyone,
    run: async (change, account, { tx, actor: { userId }, now, audit }) => {
      const { profile } = account;
      const phone = await openPhone(subjectKeys, tx, account);
      const changed = await updateProfile(tx, { userId, profile, change, now });
      const after = { ...changed, phone: change.phone === undefined ? phone : change.phone };
      if (after.phone !== phone) await savePhone(tx, subjectKeys, { userId, phone: after.phone, now });
      audit({ targetType: 'profile', targetId: userId, before: { ...profile, phone }, after });
      return after;
    },
  });
