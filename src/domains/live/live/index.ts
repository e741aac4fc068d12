import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { createBallotStore } from '../ballot/ballot.store.ts';
import type { Deps } from '../deps.ts';
import { createAllowance } from './allowance.ts';
import { announceLive } from './announce.ts';
import { applaudOnStage } from './applaud.ts';
import { createApplauseStore } from './applause.store.ts';
import { closeLive } from './close.ts';
import { configureLive } from './configure.ts';
import { gatherApplause } from './gather-applause.ts';
import { getLive } from './get.ts';
import { muteOnStage } from './mute.ts';
import { listMutes } from './mutes.ts';
import { onEventMoved } from './on-event-moved.ts';
import { onStageChanged } from './on-stage-changed.ts';
import { onStandingChanged } from './on-standing-changed.ts';
import { openLive } from './open.ts';
import { paceStages } from './pace.job.ts';
import { createPaceStore } from './pace.store.ts';
import { pauseLive } from './pause.ts';
import { removeFromStage } from './remove.ts';
import { rollUpStages } from './roll-up.job.ts';
import * as signals from './signals/contract.ts';
import { summariseStages } from './summarise.job.ts';
import { showTimeline } from './timeline.ts';
import { unmuteOnStage } from './unmute.ts';

/** The stage of an event: its opening and closing, applause, order, and the evening as it was. */
export const liveTopic = (platform: Deps): Topic<Transaction> => {
  const deps = { ...platform, applause: createApplauseStore(platform), ballots: createBallotStore(platform) };
  return {
    operations: [
      getLive(deps),
      applaudOnStage({ ...deps, clap: gatherApplause(deps), allow: createAllowance() }),
      openLive(),
      pauseLive(),
      closeLive(),
      configureLive(),
      announceLive(),
      ...[muteOnStage(), unmuteOnStage(), listMutes(deps)],
      removeFromStage(),
      showTimeline(deps),
    ],
    signals: [
      signals.opened,
      signals.paused,
      signals.closed,
      signals.configured,
      signals.pinned,
      signals.changed,
      signals.muted,
      signals.ticked,
    ],
    jobs: [rollUpStages(deps), summariseStages(deps), paceStages({ ...deps, paces: createPaceStore(deps) })],
    subscribers: [...onEventMoved(deps), ...onStageChanged(deps), ...onStandingChanged(deps)],
  };
};
