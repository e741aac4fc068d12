import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { createPolicy } from './cancellation-policy/create.ts';
import { listPolicies } from './cancellation-policy/list.ts';
import { createCategory } from './category/create.ts';
import { editCategory } from './category/edit.ts';
import { listAllCategories } from './category/list.ts';
import { moveCategory } from './category/move.ts';
import { advanceDueEvents } from './event/advance-due.job.ts';
import { archiveEvent } from './event/archive.ts';
import { cancelEvent } from './event/cancel.ts';
import { completeEvent } from './event/complete.ts';
import { announced, updated } from './event/contract.ts';
import { createEvent } from './event/create.ts';
import { deleteEvent } from './event/delete.ts';
import { editEvent } from './event/edit.ts';
import { getEvent } from './event/get.ts';
import { listOwnEvents } from './event/list.ts';
import { onEventMoved } from './event/on-event-moved.ts';
import { onEventUpdated } from './event/on-event-updated.ts';
import { onStandingLost } from './event/on-standing-lost.ts';
import { postponeEvent } from './event/postpone.ts';
import { publishEvent } from './event/publish.ts';
import { rescheduleEvent } from './event/reschedule.ts';
import { reviewEvent } from './event/review.ts';
import { createEventRoom } from './event/room.ts';
import { searchEvents } from './event/search.ts';
import { setEventCover } from './event/set-cover.ts';
import { submitEventForReview } from './event/submit-for-review.ts';
import { withdrawEvent } from './event/withdraw.ts';
import { deleteUpdate } from './event-update/delete.ts';
import { listUpdates } from './event-update/list.ts';
import { onUpdatePublished } from './event-update/on-update-published.ts';
import { pinUpdate } from './event-update/pin.ts';
import { publishUpdate } from './event-update/publish.ts';
import { acceptInvite } from './host/accept.ts';
import { inviteHost } from './host/invite.ts';
import { listHosts } from './host/list.ts';
import { removeHost } from './host/remove.ts';
import { setHostRole } from './host/set-role.ts';
import { addSavedEvent } from './saved-event/add.ts';
import { listSavedEvents } from './saved-event/list.ts';
import { removeSavedEvent } from './saved-event/remove.ts';
import { createTicketType } from './ticket-type/create.ts';
import { removeTicketType } from './ticket-type/delete.ts';
import { editTicketType } from './ticket-type/edit.ts';
import { listTicketTypes } from './ticket-type/list.ts';
import { reorderTicketTypes } from './ticket-type/reorder.ts';

/** What this domain stands on. */
type Ground = Pick<Platform, 'database' | 'replica' | 'rooms' | 'clock'>;

/** Events, and how people get in. */
export const createEvents = (ground: Ground): Domain<Transaction> => ({
  name: 'events',
  operations: [...ofEvents(ground), ...ofTeams(ground), ...ofTicketTypes(ground), ...ofCatalogues(ground)],
  signals: [announced, updated],
  rooms: [createEventRoom(ground)],
  jobs: [advanceDueEvents(ground)],
  subscribers: [...onEventMoved(ground), onEventUpdated(ground), ...onStandingLost(ground), onUpdatePublished(ground)],
});

const ofEvents = (ground: Ground) => [
  createEvent(),
  getEvent(ground),
  searchEvents(ground),
  listOwnEvents(ground),
  editEvent(),
  setEventCover(),
  submitEventForReview(),
  withdrawEvent(),
  reviewEvent(),
  publishEvent(),
  postponeEvent(),
  rescheduleEvent(),
  cancelEvent(),
  completeEvent(),
  archiveEvent(),
  deleteEvent(),
];

const ofTeams = (ground: Ground) => [
  inviteHost(),
  acceptInvite(),
  setHostRole(),
  removeHost(),
  listHosts(ground),
  publishUpdate(),
  pinUpdate(),
  deleteUpdate(),
  listUpdates(ground),
];

const ofTicketTypes = (ground: Ground) => [
  createTicketType(),
  editTicketType(),
  removeTicketType(),
  reorderTicketTypes(),
  listTicketTypes(ground),
];

const ofCatalogues = (ground: Ground) => [
  listAllCategories(ground),
  createCategory(),
  editCategory(),
  moveCategory(),
  listPolicies(ground),
  createPolicy(),
  listSavedEvents(ground),
  addSavedEvent(),
  removeSavedEvent(),
];
