import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { presenceSettings } from '../../identity/api.ts';
import { mine } from './contract.ts';

/** Shows the caller how they want to be seen. */
export const showOwnPresence = ({ database }: { database: Database }) =>
  handle(mine, {
    load: async (_input, { actor }) => (await presenceSettings(database, [actor.userId])).get(actor.userId) ?? null,
    allow: anyone,
    run: (_input, { chosen, audience }) => ({ status: chosen, audience }),
  });
