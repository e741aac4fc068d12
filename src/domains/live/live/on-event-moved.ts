import type { Subscriber } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import { eventCancelled, eventCompleted, eventStarted } from '../../events/facts.ts';
import { findStage } from '../standing/standing.reads.ts';
import { moveStageOf } from './move.steps.ts';
import { afterMove, type StageMove } from './stage.rules.ts';

interface Deps {
  database: Database;
  clock: Clock;
}

/** Opens the stage with its event, and closes it with it. A team that was quicker, or paused it, is left its way. */
export const onEventMoved = ({ database, clock }: Deps): Subscriber[] => {
  const move = async (tx: Transaction, event: { eventId: string; hostId: string }, to: StageMove): Promise<void> => {
    const { status } = await findStage(tx, event.eventId);
    if (to === 'open' && status !== 'UPCOMING') return;
    if (afterMove(status, to) === null) return;
    await moveStageOf({ tx, record: recordIn(tx), now: clock.now() }, event, to);
  };
  return [
    subscribeInTransaction(database, {
      name: 'live.openWithEvent',
      fact: eventStarted,
      run: (tx, event) => move(tx, event, 'open'),
    }),
    subscribeInTransaction(database, {
      name: 'live.closeWithEvent',
      fact: eventCompleted,
      run: (tx, event) => move(tx, event, 'close'),
    }),
    subscribeInTransaction(database, {
      name: 'live.closeWithCancelledEvent',
      fact: eventCancelled,
      run: (tx, event) => move(tx, event, 'close'),
    }),
  ];
};
