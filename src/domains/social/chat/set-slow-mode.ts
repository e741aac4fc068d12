import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { chatSlowed } from '../facts.ts';
import { holdMembership } from './group.steps.ts';
import { looksAfter } from './policy.ts';
import { setSlowMode } from './settings/contract.ts';
import { updateChat } from './settings.writes.ts';

/** Sets the least time between two messages of one member. Every node obeys it with the room's next entry. */
export const setChatSlowMode = () =>
  commit(setSlowMode, {
    load: ({ chatId }, { tx, actor }) => holdMembership(tx, chatId, actor.userId),
    allow: looksAfter,
    run: async ({ chatId, seconds }, { kind, slowModeSeconds }, { tx, actor, record, audit }) => {
      if (kind === 'DIRECT') throw new AppError('CONFLICT', 'A direct chat has no slow mode.');
      if (seconds === slowModeSeconds) return { seconds };
      await updateChat(tx, chatId, { slowModeSeconds: seconds });
      await record(chatSlowed, { chatId, seconds, changedBy: actor.userId });
      audit({ targetType: 'chat', targetId: chatId, before: { slowModeSeconds }, after: { slowModeSeconds: seconds } });
      return { seconds };
    },
  });
