import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { update } from './contract.ts';
import { findOwnAccount } from './profile.reads.ts';
import { updateProfile } from './profile.writes.ts';

/** Changes the caller's own profile. */
export const updateOwnProfile = () =>
  commit(update, {
    load: async (_input, { tx, actor }) => (await findOwnAccount(tx, actor.userId))?.profile ?? null,
    allow: anyone,
    run: async (change, profile, { tx, actor, now, audit }) => {
      const after = await updateProfile(tx, { userId: actor.userId, profile, change, now });
      audit({ targetType: 'profile', targetId: actor.userId, before: profile, after });
      return after;
    },
  });
