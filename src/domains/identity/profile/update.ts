import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import type { Pictured } from '../../media/api.ts';
import { update } from './contract.ts';
import { openPhone } from './phone.reads.ts';
import { savePhone } from './phone.writes.ts';
import { findOwnAccount, presentProfile } from './profile.reads.ts';
import { saveNamedInForwards, saveTimeZone, updateProfile } from './profile.writes.ts';

interface Deps extends Pictured {
  subjectKeys: SubjectKeys;
}

/** Changes the caller's own profile. */
export const updateOwnProfile = ({ subjectKeys, pictures }: Deps) =>
  commit(update, {
    load: (_input, { tx, actor }) => findOwnAccount(tx, actor.userId),
    allow: anyone,
    run: async (change, account, { tx, actor: { userId }, now, audit }) => {
      const { profile } = account;
      const phone = await openPhone(subjectKeys, tx, account);
      const changed = await updateProfile(tx, { userId, profile, change, now });
      const show = (row: typeof profile) => presentProfile(row, { pictures, now });
      const timeZone = change.timeZone ?? account.timeZone;
      if (timeZone !== account.timeZone) await saveTimeZone(tx, { userId, timeZone, now });
      const isNamedInForwards = change.isNamedInForwards ?? profile.isNamedInForwards;
      if (isNamedInForwards !== profile.isNamedInForwards) {
        await saveNamedInForwards(tx, { userId, isNamedInForwards, now });
      }
      const own = { phone: change.phone === undefined ? phone : change.phone, timeZone, isNamedInForwards };
      const after = { ...show(changed), ...own };
      if (after.phone !== phone) await savePhone(tx, subjectKeys, { userId, phone: after.phone, now });
      const { firstName, lastName, bio } = profile;
      const before = {
        ...{ firstName, lastName, bio, phone, timeZone: account.timeZone },
        isNamedInForwards: profile.isNamedInForwards,
      };
      const told = { firstName: changed.firstName, lastName: changed.lastName, bio: changed.bio, phone: after.phone };
      audit({ targetType: 'profile', targetId: userId, before, after: { ...told, timeZone, isNamedInForwards } });
      return after;
    },
  });
