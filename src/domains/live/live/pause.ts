import { commit } from '../../../platform/db/commit.ts';
import { readViewer } from '../standing/standing.reads.ts';
import { pause } from './contract.ts';
import { moveStageOf } from './move.steps.ts';
import { showStage } from './present.ts';

/** Lets the stage rest. */
export const pauseLive = () =>
  commit(pause, {
    load: ({ eventId }, { tx, actor, now }) => readViewer(tx, eventId, { actor, now }),
    allow: (_actor, { manages }) => manages,
    run: async ({ eventId }, { hostId }, { tx, record, audit, now }) => {
      const stage = showStage(await moveStageOf({ tx, record, now }, { eventId, hostId }, 'pause'));
      audit({ targetType: 'stage', targetId: eventId, after: { status: stage.status } });
      return stage;
    },
  });
