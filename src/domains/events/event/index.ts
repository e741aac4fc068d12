import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { advanceDueEvents } from './advance-due.job.ts';
import { archiveEvent } from './archive.ts';
import { archiveOldEvents } from './archive-old.job.ts';
import { getEventCalendar } from './calendar.ts';
import { cancelEvent } from './cancel.ts';
import { completeEvent } from './complete.ts';
import { announced, updated } from './contract.ts';
import { createEvent } from './create.ts';
import { deleteEvent } from './delete.ts';
import { editEvent } from './edit.ts';
import { getEvent } from './get.ts';
import { listOwnEvents } from './list.ts';
import { listEventAddressPages } from './list-address-pages.ts';
import { listEventAddresses } from './list-addresses.ts';
import { listHostedEvents } from './list-hosted.ts';
import { onBlockCreated } from './on-block-created.ts';
import { onEventMoved } from './on-event-moved.ts';
import { onEventUpdated } from './on-event-updated.ts';
import { onStandingLost } from './on-standing-lost.ts';
import { postponeEvent } from './postpone.ts';
import { publishEvent } from './publish.ts';
import { rescheduleEvent } from './reschedule.ts';
import { reviewEvent } from './review.ts';
import { createEventRoom, type StageHooks } from './room.ts';
import { searchEvents } from './search.ts';
import { setEventCover } from './set-cover.ts';
import { submitEventForReview } from './submit-for-review.ts';
import { sweepEventPrices } from './sweep-prices.job.ts';
import { withdrawEvent } from './withdraw.ts';

/** Events: their life, their room, and how they are found. */
export const eventTopic = (deps: Deps, stage: StageHooks): Topic<Transaction> => ({
  operations: [
    createEvent(deps),
    getEvent(deps),
    searchEvents(deps),
    listOwnEvents(deps),
    listHostedEvents(deps),
    getEventCalendar(deps),
    listEventAddresses(deps),
    listEventAddressPages(deps),
    editEvent(deps),
    setEventCover(deps),
    submitEventForReview(deps),
    withdrawEvent(deps),
    reviewEvent(deps),
    publishEvent(deps),
    postponeEvent(deps),
    rescheduleEvent(deps),
    cancelEvent(deps),
    completeEvent(deps),
    archiveEvent(deps),
    deleteEvent(),
  ],
  signals: [announced, updated],
  rooms: [createEventRoom({ ...deps, stage })],
  jobs: [archiveOldEvents(deps), advanceDueEvents(deps), sweepEventPrices(deps)],
  subscribers: [...onEventMoved(deps), onEventUpdated(deps), ...onStandingLost(deps), onBlockCreated(deps)],
});
