import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { presenceSettings } from '../../identity/api.ts';
import { changePresenceSettings } from '../../identity/api.writes.ts';
import { presenceSettingsChanged } from '../facts.ts';
import { setAudience } from './contract.ts';

/** Changes who may know whether the caller is here. */
export const setPresenceAudience = () =>
  commit(setAudience, {
    load: async (_input, { tx, actor }) => (await presenceSettings(tx, [actor.userId])).get(actor.userId) ?? null,
    allow: anyone,
    run: async ({ audience }, { audience: before }, { tx, actor: { userId }, now, record, audit }) => {
      if (before === audience) return { audience };
      await changePresenceSettings(tx, { userId, change: { audience }, now });
      await record(presenceSettingsChanged, { userId });
      audit({ targetType: 'presence', targetId: userId, before: { audience: before }, after: { audience } });
      return { audience };
    },
  });
