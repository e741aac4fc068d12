import { handle } from '../../../kernel/handler.ts';
import { remove } from './contract.ts';
import { canDelete } from './policy.ts';
import type { ReactionStore } from './reaction.store.ts';
import { roomOf } from './room-name.rules.ts';
import { deleted } from './signals/contract.ts';
import { changeOf, findSubject, refuseDeleted, type SubjectDeps } from './subject.ts';

interface Deps extends SubjectDeps {
  reactions: Pick<ReactionStore, 'forget'>;
}

/** Appends the deletion, which is final. Of two at the same time one is told, and both get its answer. */
export const deleteMessage = (deps: Deps) =>
  handle(remove, {
    load: (input, { actor }) => findSubject(deps, input, actor.userId),
    allow: canDelete,
    run: async ({ chatId, seq }, subject, { actor }) => {
      refuseDeleted(subject);
      const draft = { id: `delete:${seq}`, signal: deleted.name, by: actor.userId, data: { seq } };
      const appended = await deps.rooms.append(roomOf(chatId), draft);
      await deps.reactions.forget(chatId, seq);
      return changeOf(seq, appended);
    },
  });
