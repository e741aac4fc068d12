import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { unregister } from './contract.ts';
import { ownDevice } from './device.reads.ts';
import { deleteDevice } from './device.writes.ts';

/** Forgets one of the caller's devices. */
export const unregisterDevice = () =>
  commit(unregister, {
    load: ({ deviceId }, { tx, actor }) => ownDevice(tx, actor.userId, deviceId),
    allow: anyone,
    run: async (_input, { id, platform, provider }, { tx, audit }) => {
      await deleteDevice(tx, id);
      audit({ targetType: 'device', targetId: id, before: { platform, provider } });
      return {};
    },
  });
