import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Pusher } from '../../../platform/push/pusher.ts';
import { list } from './contract.ts';
import { devicesOf, showDevice } from './device.reads.ts';

interface Deps {
  database: Database;
  pusher: Pick<Pusher, 'publicKey'> | null;
}

/** The caller's devices. */
export const listDevices = ({ database, pusher }: Deps) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async (_input, _subject, { actor, now }) => {
      const rows = await devicesOf(database, actor.userId, now);
      return {
        items: rows.map((row) => showDevice(row, actor.sessionId)),
        applicationServerKey: pusher?.publicKey ?? null,
      };
    },
  });
