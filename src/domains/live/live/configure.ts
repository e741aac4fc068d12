import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { liveChanged } from '../facts.ts';
import { readViewer, settingsOf } from '../standing/standing.reads.ts';
import { configure } from './contract.ts';
import { showStage } from './present.ts';
import { holdStage, writeSettings } from './stage.writes.ts';

/** Changes how the stage is run. */
export const configureLive = () =>
  commit(configure, {
    load: ({ eventId }, { tx, actor, now }) => readViewer(tx, eventId, { actor, now }),
    allow: (_actor, { manages }) => manages,
    run: async ({ eventId, version, ...change }, { hostId }, { tx, record, audit }) => {
      const before = await holdStage(tx, eventId);
      if (before.version !== version) {
        throw new AppError('CONFLICT', 'Somebody else has changed the stage meanwhile: look at it again.');
      }
      const stage = await writeSettings(tx, eventId, settingsOf({ ...before.settings, ...change }));
      await record(liveChanged, { eventId, hostId, change: 'CONFIGURED' });
      audit({ targetType: 'stage', targetId: eventId, before: before.settings, after: stage.settings });
      return showStage(stage);
    },
  });
