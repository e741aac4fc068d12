import { AppError } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import { newId } from '../../../platform/ids.ts';
import type { Named, RoomLog } from '../../../platform/rooms/log.ts';
import type { MediaView } from '../../media/shapes/contract.ts';
import { send } from './contract.ts';
import { answerBefore, answerOf, firstAnswer, lateRepeatsOf, storedAnswer } from './first-answer.ts';
import { findGrant, type GrantDeps } from './grant.ts';
import { messageAt } from './message.reads.ts';
import { roomOf } from './room-name.rules.ts';
import { sent } from './signals/contract.ts';
import { type PictureDeps, takePictures } from './take-pictures.ts';
import type { Typing } from './typing-rooms.ts';

interface Deps extends GrantDeps, PictureDeps {
  rooms: Pick<RoomLog, 'append' | 'entry' | 'position' | 'undurable'>;
  typing: Pick<Typing, 'end'>;
}

/** What was written, with the pictures as the log’s readers are shown them. */
interface Draft {
  chatId: string;
  clientId: string;
  senderId: string;
  body: string;
  replyToSeq?: number | undefined;
  media?: MediaView[];
}

/**
 * Appends the message to the chat's log; the row is a worker's. Every member may. Who has left since is still given the
 * first answer of what they said: a repeat is how a client learns that it is stored.
 */
export const sendMessage = (deps: Deps) =>
  handle(send, {
    load: async ({ chatId, clientId }, { actor }) => {
      const membership = await findGrant(deps, chatId, actor.userId);
      if (membership) return { first: null };
      const first = await storedAnswer(deps, { chatId, senderId: actor.userId, clientId });
      return first && { first };
    },
    allow: anyone,
    run: ({ mediaIds, ...input }, { first }, { actor, now }) => {
      if (first) return first;
      const draft = { ...input, senderId: actor.userId };
      deps.typing.end(input.chatId, actor.userId);
      if (mediaIds === undefined || mediaIds.length === 0) return append(deps, draft);
      return appendWithPictures(deps, draft, { mediaIds, now });
    },
  });

const append = async (deps: Deps, { chatId, clientId, senderId, body, replyToSeq, media }: Draft) => {
  const id = newId();
  const reply = replyToSeq === undefined ? {} : { replyToSeq };
  const data = media === undefined ? { id, clientId, body, ...reply } : { id, clientId, body, ...reply, media };
  const about = { signal: sent.name, by: senderId, data, counted: true, ...namesOf(deps, chatId, replyToSeq) };
  const repeats = lateRepeatsOf(deps, { chatId, senderId, clientId });
  const entry = { id: `${senderId}:${clientId}`, repeats, ...about };
  const appended = await deps.rooms.append(roomOf(chatId), entry);
  if (appended.duplicate) return firstAnswer(deps, chatId, appended);
  return { id, ...answerOf(appended), duplicate: false };
};

/** A reply names a message: no edit, and nothing that is still to come. */
const namesOf = ({ database }: Deps, chatId: string, seq: number | undefined): { names?: Named } =>
  seq === undefined
    ? {}
    : { names: { seq, field: 'replyToSeq', isStored: async () => (await messageAt(database, chatId, seq)) !== null } };

/**
 * A repeat gets its first answer whatever has become of its pictures since: that they are refused may mean that this very
 * message has them.
 */
const appendWithPictures = async (
  deps: Deps,
  draft: Draft,
  { mediaIds, now }: { mediaIds: readonly string[]; now: Date },
) => {
  const { chatId, clientId, senderId } = draft;
  const message = `${chatId}:${senderId}:${clientId}`;
  const media = await takePictures(deps, { mediaIds, ownerId: senderId, message, now }).catch(refusalOf);
  if (!(media instanceof AppError)) return append(deps, { ...draft, media });
  const first = await answerBefore(deps, { chatId, senderId, clientId });
  if (first) return first;
  throw media;
};

/** @throws what is no refusal */
const refusalOf = (error: unknown): AppError => {
  if (error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'CONFLICT')) return error;
  throw error;
};
