import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createUserRoom } from './user-room.ts';

/** The room of each person. */
export const userRoomTopic = (deps: Deps): Topic<Transaction> => ({
  rooms: [createUserRoom(deps)],
});
