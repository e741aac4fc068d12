import { AppError } from '../../../kernel/errors.ts';
import { handle } from '../../../kernel/handler.ts';
import { newId } from '../../../platform/ids.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { edit } from './contract.ts';
import { mentionedIn } from './mention.reads.ts';
import type { MessageState } from './message-state.rules.ts';
import { canEdit } from './policy.ts';
import { roomOf } from './room-name.rules.ts';
import { edited } from './signals/contract.ts';
import { refuseSilenced } from './silence.rules.ts';
import { changeOf, findSubject, refuseDeleted, type SubjectDeps } from './subject.ts';

interface Deps extends SubjectDeps {
  rooms: Pick<RoomLog, 'append' | 'position' | 'undurable'>;
}

/** Appends the new text, unless it is the old one. Should a deletion get into the log first, everyone ignores the edit. */
export const editMessage = (deps: Deps) =>
  handle(edit, {
    load: (input, { actor }) => findSubject(deps, input, actor.userId),
    allow: canEdit,
    run: async ({ chatId, seq, body }, subject, { actor, now }) => {
      refuseDeleted(subject);
      const { membership, message } = subject;
      refuseSilenced(membership, now);
      if (body === message.body) return unchanged(deps, message);
      if (body === '' && message.mediaIds.length === 0) throw empty();
      const data = { seq, body, ...(await mentionedIn(deps, membership, body)) };
      const draft = { id: newId(), signal: edited.name, by: actor.userId, data };
      return changeOf(seq, await deps.rooms.append(roomOf(chatId), draft));
    },
  });

/** The answer to an edit that changes nothing: the message as it stands. */
const unchanged = async ({ rooms }: Deps, { chatId, seq, appliedSeq, editedAtMs, sentAtMs }: MessageState) => ({
  ...{ seq, appliedSeq, epoch: (await rooms.position(roomOf(chatId))).epoch },
  at: new Date(editedAtMs ?? sentAtMs).toISOString(),
});

const empty = (): AppError => {
  const issue = { path: 'body', message: 'must not be empty without a picture' };
  return new AppError('INVALID_INPUT', `${issue.path} ${issue.message}`, { issues: [issue] });
};
