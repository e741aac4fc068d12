import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { onEventCancelled } from './on-event-cancelled.ts';
import { sweepCancelledEvents } from './sweep-cancelled.job.ts';

/** The end of everything that was booked or waited for at an event that will not take place. */
export const cancelledEventTopic = (deps: Deps): Topic<Transaction> => ({
  jobs: [sweepCancelledEvents(deps)],
  subscribers: [onEventCancelled(deps)],
});
