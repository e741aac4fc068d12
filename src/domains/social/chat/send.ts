import { anyone, handle } from '../../../kernel/handler.ts';
import { newId } from '../../../platform/ids.ts';
import type { Appended, RoomLog } from '../../../platform/rooms/log.ts';
import { send, sent } from './contract.ts';
import { isSent } from './entry.ts';
import { findGrant, type GrantDeps } from './grant.ts';
import { messageAt } from './message.reads.ts';
import { roomOf } from './room-name.ts';

interface Deps extends GrantDeps {
  rooms: Pick<RoomLog, 'append' | 'entry'>;
}

/** Appends the message to the chat's log; the row is a worker's. Every member may. */
export const sendMessage = (deps: Deps) =>
  handle(send, {
    load: ({ chatId }, { actor }) => findGrant(deps, chatId, actor.userId),
    allow: anyone,
    run: async ({ chatId, clientId, body, replyToSeq }, _membership, { actor }) => {
      const id = newId();
      const by = actor.userId;
      const data = replyToSeq === undefined ? { id, clientId, body } : { id, clientId, body, replyToSeq };
      const draft = { id: `${by}:${clientId}`, signal: sent.name, by, data, counted: true };
      const appended = await deps.rooms.append(roomOf(chatId), draft);
      if (appended.duplicate) return firstAnswer(deps, chatId, appended);
      return { id, ...answerOf(appended), duplicate: false };
    },
  });

const answerOf = ({ seq, epoch, atMs }: Appended) => ({ seq, epoch, at: new Date(atMs).toISOString() });

/** What the first call with this client id was answered. Its entry is in the log, or has been stored since. */
const firstAnswer = async ({ database, rooms }: Deps, chatId: string, appended: Appended) => {
  const entry = await rooms.entry(roomOf(chatId), appended.seq);
  if (entry && isSent(entry))
    return { id: entry.data.id, ...answerOf({ ...appended, atMs: entry.atMs }), duplicate: true };
  const message = await messageAt(database, chatId, appended.seq);
  if (!message) throw new Error(`chat ${chatId} remembers message ${appended.seq} but does not have it`);
  return { id: message.id, ...answerOf({ ...appended, atMs: message.sentAtMs }), duplicate: true };
};
