import { commit } from '../../../platform/db/commit.ts';
import { remove } from './contract.ts';
import { findMuteSubject, sentence } from './mute.steps.ts';

/** Sends somebody out of the event's room for a while. */
export const removeFromStage = () =>
  commit(remove, {
    load: (input, { tx, actor, now }) => findMuteSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.supervises,
    run: async (input, subject, { tx, actor, record, audit, now }) => {
      const decided = { ...input, isRemoved: true, byId: actor.userId };
      const muted = await sentence({ tx, record, now }, subject, decided);
      audit({ targetType: 'stage', targetId: input.eventId, after: { ...muted, reason: input.reason } });
      return muted;
    },
  });
