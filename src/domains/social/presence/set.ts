import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { presenceSettings } from '../../identity/api.ts';
import { changePresenceSettings } from '../../identity/api.writes.ts';
import { presenceSettingsChanged } from '../facts.ts';
import { set } from './contract.ts';

/** Changes how the caller wants to be seen. */
export const setPresence = () =>
  commit(set, {
    load: async (_input, { tx, actor }) => (await presenceSettings(tx, [actor.userId])).get(actor.userId) ?? null,
    allow: anyone,
    run: async ({ status }, { chosen }, { tx, actor: { userId }, now, record, audit }) => {
      if (chosen === status) return { status };
      await changePresenceSettings(tx, { userId, change: { chosen: status }, now });
      await record(presenceSettingsChanged, { userId });
      audit({ targetType: 'presence', targetId: userId, before: { status: chosen }, after: { status } });
      return { status };
    },
  });
