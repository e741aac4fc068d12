import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import { sessionEnded } from '../../identity/facts.ts';
import { deleteDevicesOfSession } from './device.writes.ts';

/** Forgets the devices of a session that was ended. Nothing is sent to them from the moment it ended. */
export const onSessionEnded = ({ database }: { database: Database }): Subscriber =>
  subscribe({
    name: 'notifications.forgetDevices',
    fact: sessionEnded,
    run: ({ sessionId }) => deleteDevicesOfSession(database, sessionId),
  });
