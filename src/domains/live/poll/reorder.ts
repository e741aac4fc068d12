import { commit } from '../../../platform/db/commit.ts';
import { holdStage } from '../live/stage.writes.ts';
import { readViewer } from '../standing/standing.reads.ts';
import { reorder } from './contract.ts';
import { orderPolls } from './poll.writes.ts';

/** Puts polls into an order. */
export const reorderPolls = () =>
  commit(reorder, {
    load: ({ eventId }, { tx, actor, now }) => readViewer(tx, eventId, { actor, now }),
    allow: (_actor, { manages }) => manages,
    run: async ({ eventId, pollIds }, _viewer, { tx, audit }) => {
      await holdStage(tx, eventId);
      await orderPolls(tx, eventId, pollIds);
      audit({ targetType: 'stage', targetId: eventId, after: { pollIds } });
      return { pollIds };
    },
  });
