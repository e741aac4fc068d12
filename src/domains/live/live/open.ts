import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { standingAt } from '../../events/api.ts';
import { open } from './contract.ts';
import { moveStageOf } from './move.steps.ts';
import { showStage } from './present.ts';
import { mayOpen } from './stage.rules.ts';

/** Opens the stage of an event that was published, or goes on after a pause. */
export const openLive = () =>
  commit(open, {
    load: ({ eventId }, { tx, actor }) => standingAt(tx, eventId, actor),
    allow: (_actor, { manages }) => manages,
    run: async ({ eventId }, { hostId, status }, { tx, record, audit, now }) => {
      if (!mayOpen(status)) throw new AppError('CONFLICT', `The event is ${status}: it has no stage to open.`);
      const stage = showStage(await moveStageOf({ tx, record, now }, { eventId, hostId }, 'open'));
      audit({ targetType: 'stage', targetId: eventId, after: { status: stage.status } });
      return stage;
    },
  });
