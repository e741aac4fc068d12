import { handle } from '../../../kernel/handler.ts';
import { newId } from '../../../platform/ids.ts';
import { edit } from './contract.ts';
import { canEdit } from './policy.ts';
import { roomOf } from './room-name.ts';
import { edited } from './signals/contract.ts';
import { changeOf, findSubject, refuseDeleted, type SubjectDeps } from './subject.ts';

/** Appends the new text. Should a deletion get into the log first, everyone ignores the edit. */
export const editMessage = (deps: SubjectDeps) =>
  handle(edit, {
    load: (input, { actor }) => findSubject(deps, input, actor.userId),
    allow: canEdit,
    run: async ({ chatId, seq, body }, subject, { actor }) => {
      refuseDeleted(subject);
      const draft = { id: newId(), signal: edited.name, by: actor.userId, data: { seq, body } };
      return changeOf(seq, await deps.rooms.append(roomOf(chatId), draft));
    },
  });
