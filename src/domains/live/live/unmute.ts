import { commit } from '../../../platform/db/commit.ts';
import { unmute } from './contract.ts';
import { findMuteSubject, pardon } from './mute.steps.ts';

/** Lets somebody take part again. */
export const unmuteOnStage = () =>
  commit(unmute, {
    load: (input, { tx, actor, now }) => findMuteSubject(tx, input, { actor, now }),
    allow: (_actor, { viewer }) => viewer.supervises,
    run: async ({ eventId, userId }, subject, { tx, actor, record, audit, now }) => {
      const pardoned = await pardon({ tx, record, now }, subject, { eventId, userId, byId: actor.userId });
      audit({ targetType: 'stage', targetId: eventId, after: pardoned });
      return pardoned;
    },
  });
