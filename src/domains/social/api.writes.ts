import type { Removal } from '../../platform/removal.ts';
import { removeChats } from './chat/remove-chats.steps.ts';

/** See `chat/remove-chats.ts`: removes the chats that test accounts opened, and their places in those of others. */
export const removeChatsOf: Removal = (removing) => removeChats(removing);
