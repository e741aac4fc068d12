import { AppError } from '../../../kernel/errors.ts';
import { anyone, handle } from '../../../kernel/handler.ts';
import { newId } from '../../../platform/ids.ts';
import type { Named, RoomLog } from '../../../platform/rooms/log.ts';
import type { MediaView } from '../../media/shapes/contract.ts';
import { send } from './contract.ts';
import { answerBefore, answerOf, firstAnswer, lateRepeatsOf, storedAnswer } from './first-answer.ts';
import { forwardedFrom } from './forward.reads.ts';
import { findGrant, type GrantDeps } from './grant.ts';
import type { Membership } from './member.reads.ts';
import { mentionedIn } from './mention.reads.ts';
import { callsHere } from './mention.rules.ts';
import { messageAt } from './message.reads.ts';
import { roomOf } from './room-name.rules.ts';
import { sent } from './signals/contract.ts';
import { isSlowed, mayCallHere, refuseSilenced } from './silence.rules.ts';
import type { SlowMode } from './slow-mode.store.ts';
import { type PictureDeps, takePictures } from './take-pictures.ts';
import type { Typing } from './typing-rooms.ts';

interface Deps extends GrantDeps, PictureDeps {
  rooms: Pick<RoomLog, 'append' | 'entry' | 'position' | 'undurable'>;
  slowMode: SlowMode;
  typing: Pick<Typing, 'end'>;
}

/** What was written, with the pictures as the log’s readers are shown them. */
interface Draft {
  chatId: string;
  clientId: string;
  senderId: string;
  body: string;
  replyToSeq?: number | undefined;
  mentions?: string[];
  here?: true;
  forwarded?: { from: string | null };
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
      if (membership) return { membership };
      const first = await storedAnswer(deps, { chatId, senderId: actor.userId, clientId });
      return first && { first };
    },
    allow: anyone,
    run: async ({ mediaIds, forwardOf, ...input }, standing, { actor, now }) => {
      if ('first' in standing) return standing.first;
      const { membership } = standing;
      const here = callsHere(input.body) && mayCallHere(membership);
      const refused = await refusalOfTurn(deps, { membership, clientId: input.clientId, here, now });
      if (refused) return firstAnswerOr(deps, { ...input, senderId: actor.userId }, refused);
      const named = { ...(await mentionedIn(deps, membership, input.body)), ...(here ? { here } : {}) };
      const draft = { ...input, senderId: actor.userId, ...named };
      deps.typing.end(input.chatId, actor.userId);
      if (forwardOf) return appendForwarded(deps, draft, forwardOf);
      if (mediaIds === undefined || mediaIds.length === 0) return append(deps, draft);
      return appendWithPictures(deps, draft, { mediaIds, now });
    },
  });

interface Turn {
  membership: Membership;
  clientId: string;
  /** Whether the message calls everybody who is there. */
  here: boolean;
  now: Date;
}

/** Why the member may not speak at this moment; null when they may. In a chat without slow mode it costs nothing. */
const refusalOfTurn = async (
  { slowMode }: Deps,
  { membership, clientId, here, now }: Turn,
): Promise<AppError | null> => {
  try {
    refuseSilenced(membership, now);
    if (isSlowed(membership)) await slowMode.takeTurn({ ...membership, clientId });
    if (here) await slowMode.callHere({ ...membership, clientId });
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'OVERLOADED') return error;
    throw error;
  }
};

/** Of what was said before it was refused the repeat still gets the first answer. @throws the refusal otherwise */
const firstAnswerOr = async (deps: Deps, said: Pick<Draft, 'chatId' | 'senderId' | 'clientId'>, refusal: AppError) => {
  const first = await answerBefore(deps, said);
  if (first) return first;
  throw refusal;
};

const append = async (deps: Deps, { chatId, clientId, senderId, ...said }: Draft) => {
  const id = newId();
  const { replyToSeq } = said;
  // What is absent is undefined here, and JSON leaves it out.
  const data = { id, clientId, ...said };
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

/** A repeat gets its first answer whatever has become of the message that was forwarded. */
const appendForwarded = async (deps: Deps, draft: Draft, forwardOf: { chatId: string; seq: number }) => {
  const said = await forwardedFrom(deps, { userId: draft.senderId, forwardOf }).catch(refusalOf);
  if (said instanceof AppError) return firstAnswerOr(deps, draft, said);
  return append(deps, { ...draft, ...said });
};

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
  return firstAnswerOr(deps, draft, media);
};

/** @throws what is no refusal */
const refusalOf = (error: unknown): AppError => {
  if (error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'CONFLICT')) return error;
  throw error;
};
