import type { Database } from '../../../platform/db/client.ts';
import { timeOfId } from '../../../platform/ids.ts';
import { isOutage } from '../../../platform/outage.ts';
import type { Appended, LateRepeats, RoomLog } from '../../../platform/rooms/log.ts';
import { isSent } from './entry.rules.ts';
import { messageAt, messageOf } from './message.reads.ts';
import { roomOf } from './room-name.rules.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'entry' | 'position' | 'undurable'>;
}

/** What a sender is told of the entry that holds the message. */
export const answerOf = ({ seq, epoch, atMs }: Pick<Appended, 'seq' | 'epoch' | 'atMs'>) => ({
  seq,
  epoch,
  at: new Date(atMs).toISOString(),
});

/** What the first call with this client id was answered. Its entry is in the log, or has been stored since. */
export const firstAnswer = async ({ database, rooms }: Deps, chatId: string, appended: Appended) => {
  const entry = await rooms.entry(roomOf(chatId), appended.seq);
  if (entry && isSent(entry))
    return { id: entry.data.id, ...answerOf({ ...appended, atMs: entry.atMs }), duplicate: true };
  const message = await messageAt(database, chatId, appended.seq);
  if (!message) throw new Error(`chat ${chatId} remembers message ${appended.seq} but does not have it`);
  return { id: message.id, ...answerOf({ ...appended, atMs: message.sentAtMs }), duplicate: true };
};

interface Sent {
  chatId: string;
  senderId: string;
  clientId: string;
}

/** How the log learns of a message that it has forgotten: the rows keep every client id as long as they exist. */
export const lateRepeatsOf = (deps: Deps, sent: Sent): LateRepeats => ({
  madeAtMs: timeOfId(sent.clientId),
  find: async (isWaiting) => {
    if (isWaiting) return answerBefore(deps, sent).catch(nullInOutage);
    const message = await messageOf(deps.database, sent).catch(nullInOutage);
    return message && { seq: message.seq, epoch: (await deps.rooms.position(roomOf(sent.chatId))).epoch };
  },
});

/** While PostgreSQL is away messages are taken nevertheless: should one be a repeat after all, its row is not stored twice. */
const nullInOutage = (error: unknown): null => {
  if (isOutage(error)) return null;
  throw error;
};

/**
 * What somebody's message with this client id was answered, or null when there is none: found by looking, for a repeat that
 * cannot be appended again to find out. The end of the log is read before the rows, so that nothing falls between the two.
 */
export const answerBefore = async ({ database, rooms }: Deps, { chatId, senderId, clientId }: Sent) => {
  const room = roomOf(chatId);
  const { epoch } = await rooms.position(room);
  const entries = (await rooms.undurable([room])).get(room)?.entries ?? [];
  const entry = entries.filter(isSent).find(({ by, data }) => by === senderId && data.clientId === clientId);
  if (entry) return { id: entry.data.id, ...answerOf({ ...entry, epoch }), duplicate: true };
  return storedAnswer({ database, rooms }, { chatId, senderId, clientId });
};

/** What somebody's message with this client id was answered, or null while it is not in PostgreSQL. */
export const storedAnswer = async ({ database, rooms }: Pick<Deps, 'database' | 'rooms'>, sent: Sent) => {
  const message = await messageOf(database, sent);
  if (!message) return null;
  const { epoch } = await rooms.position(roomOf(sent.chatId));
  return { id: message.id, ...answerOf({ ...message, epoch, atMs: message.sentAtMs }), duplicate: true };
};
