import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import type { Log } from '../../../platform/log.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { oneByOne } from '../../../platform/upkeep/one-by-one.ts';
import { slowChat } from '../../social/api.writes.ts';
import { passOverGone } from '../tell-stage.ts';
import { lookAgain } from './pace.rules.ts';
import type { PaceStore } from './pace.store.ts';
import { type Paced, pacedStages } from './stage.reads.ts';
import { holdStage, markSlowed } from './stage.writes.ts';

const pace = job({
  name: 'live.pace',
  summary: 'Slows the chats of open stages while too much is said in them, and lets them be quick again.',
  payload: z.object({}),
  everyMs: 5_000,
});

/** One message a member in this time, while the chat is slowed. */
export const SLOW_SECONDS = 5;

interface Deps extends TransactionDeps {
  rooms: Pick<RoomLog, 'position'>;
  paces: PaceStore;
  log: Log;
}

/** Looks how fast the chats of open stages go (V10). What a host has set by hand is left as it is. */
export const paceStages = (deps: Deps): JobHandler =>
  jobHandler({
    contract: pace,
    run: async () => {
      const stages = new Map((await pacedStages(deps.database)).map((stage) => [stage.eventId, stage]));
      await oneByOne(deps.log, [...stages.keys()], async (eventId) => {
        const stage = stages.get(eventId);
        if (stage) await paceStage(deps, stage);
      });
    },
  });

const paceStage = async (deps: Deps, stage: Paced): Promise<void> => {
  const { eventId, isSlowed } = stage;
  if (!stage.isPaced) return isSlowed ? turn(deps, eventId, false) : undefined;
  const position = await deps.rooms.position(`chat:${eventId}`).catch(passOverGone);
  if (!position) return;
  const look = { ordinal: position.ordinal, atMs: deps.clock.now().getTime() };
  const { pace: next, demand } = lookAgain(await deps.paces.read(eventId), look);
  await deps.paces.write(eventId, next);
  if (demand === 'SLOW' && !isSlowed) await turn(deps, eventId, true);
  if (demand === 'QUICK' && isSlowed) await turn(deps, eventId, false);
};

/** Slows the chat, or lets it be quick again, unless its slow mode was set by hand meanwhile. */
const turn = (deps: Deps, eventId: string, isSlow: boolean): Promise<void> =>
  transact(deps, async ({ tx, now }) => {
    await holdStage(tx, eventId);
    const [from, to] = isSlow ? [0, SLOW_SECONDS] : [SLOW_SECONDS, 0];
    const isTurned = await slowChat(tx, { chatId: eventId, from, to });
    await markSlowed(tx, eventId, isSlow && isTurned ? now : null);
  });
