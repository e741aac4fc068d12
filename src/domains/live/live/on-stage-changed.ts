import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { doorRoomOf } from '../../events/api.ts';
import { liveChanged, liveEnded, liveOpened, stageMuted } from '../facts.ts';
import { STAGE } from '../room-name.rules.ts';
import { findStage } from '../standing/standing.reads.ts';
import { passOverGone, tellStage } from '../tell-stage.ts';
import { showStage } from './present.ts';
import * as signals from './signals/contract.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
}

const SIGNAL = { UPCOMING: signals.configured, OPEN: signals.opened, PAUSED: signals.paused, ENDED: signals.closed };

/** Tells the room of the stage, and lets every node forget how it was. */
export const onStageChanged = (deps: Deps): Subscriber[] => {
  const tell = async (eventId: string, factId: string, isMove: boolean): Promise<void> => {
    const stage = await findStage(deps.database, eventId);
    const { name: signal } = isMove ? SIGNAL[stage.status] : signals.configured;
    await tellStage(deps.rooms, eventId, { id: factId, signal, data: showStage(stage), affects: [STAGE] });
  };
  return [
    subscribe({
      name: 'live.tellOpened',
      fact: liveOpened,
      urgency: 'AT_ONCE',
      run: ({ eventId }, factId) => tell(eventId, factId, true),
    }),
    subscribe({
      name: 'live.tellEnded',
      fact: liveEnded,
      urgency: 'AT_ONCE',
      run: ({ eventId }, factId) => tell(eventId, factId, true),
    }),
    subscribe({
      name: 'live.tellChanged',
      fact: liveChanged,
      urgency: 'AT_ONCE',
      run: async ({ eventId, change }, factId) => {
        if (change !== 'PINNED') return tell(eventId, factId, change === 'PAUSED');
        const { pinned } = await findStage(deps.database, eventId);
        const data = { eventId, pinned };
        await tellStage(deps.rooms, eventId, { id: factId, signal: signals.pinned.name, data, affects: [STAGE] });
      },
    }),
    subscribe({
      name: 'live.silence',
      fact: stageMuted,
      urgency: 'AT_ONCE',
      run: async ({ hostId: _, ...muted }, factId) => {
        const { eventId, userId, isRemoved } = muted;
        const whom = isRemoved ? { evicts: [userId] } : { affects: [userId] };
        await tellStage(deps.rooms, eventId, { id: factId, signal: signals.changed.name, data: { eventId }, ...whom });
        await deps.rooms
          .append(doorRoomOf(eventId), { id: factId, signal: signals.muted.name, data: muted })
          .catch(passOverGone);
      },
    }),
  ];
};
