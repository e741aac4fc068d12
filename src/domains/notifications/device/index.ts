import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { listDevices } from './list.ts';
import { onSessionEnded } from './on-session-ended.ts';
import { registerDevice } from './register.ts';
import { unregisterDevice } from './unregister.ts';

/** Devices that take pushes. */
export const deviceTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [registerDevice(deps), listDevices(deps), unregisterDevice()],
  subscribers: [onSessionEnded(deps)],
});
