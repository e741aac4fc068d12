import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { unregister } from './contract.ts';
import { findDevice } from './device.reads.ts';
import { deleteDevice } from './device.writes.ts';
import { isOwnDevice } from './policy.ts';

/** Forgets one of the caller's devices. */
export const unregisterDevice = () =>
  commit(unregister, {
    load: ({ deviceId }, { tx }) => findDevice(tx, deviceId),
    sees: isOwnDevice,
    allow: anyone,
    run: async (_input, { id, platform, provider }, { tx, audit }) => {
      await deleteDevice(tx, id);
      audit({ targetType: 'device', targetId: id, before: { platform, provider } });
      return {};
    },
  });
