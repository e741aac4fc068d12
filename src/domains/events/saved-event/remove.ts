import { anyone } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { remove } from './contract.ts';
import { findSaved, showSaved } from './saved-event.reads.ts';
import { dropSaved } from './saved-event.writes.ts';

/** Takes an event off the caller’s list, also one that the caller may no longer see. */
export const removeSavedEvent = () =>
  commit(remove, {
    load: ({ eventId }, { tx, actor }) => findSaved(tx, actor.userId, eventId),
    allow: anyone,
    run: async ({ eventId }, saved, { tx, actor, audit }) => {
      await dropSaved(tx, actor.userId, eventId);
      audit({ targetType: 'savedEvent', targetId: eventId, before: showSaved(saved) });
      return { eventId };
    },
  });
