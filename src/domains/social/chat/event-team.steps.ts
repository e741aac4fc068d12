import type { Transaction } from '../../../platform/db/client.ts';
import { eventTeam } from '../../events/api.ts';

/** Whether a place in an event's team brings one in its chat: who runs the event looks after what is said about it. */
export const moderates = ({ role }: { role: string }): boolean => role === 'CO_HOST' || role === 'MANAGER';

/** Who looks after an event's chat now, besides the host. */
export const moderatorsOf = async (tx: Transaction, eventId: string): Promise<string[]> =>
  (await eventTeam(tx, eventId)).filter(moderates).map(({ userId }) => userId);
