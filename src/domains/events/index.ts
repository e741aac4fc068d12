import { type Domain, joinTopics } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import { bookingTopic } from './booking/index.ts';
import { cancellationPolicyTopic } from './cancellation-policy/index.ts';
import { cancelledEventTopic } from './cancelled-event/index.ts';
import { categoryTopic } from './category/index.ts';
import { checkInListTopic } from './check-in-list/index.ts';
import { checkinTopic } from './checkin/index.ts';
import type { Deps } from './deps.ts';
import { doorTopic } from './door/index.ts';
import { eventTopic } from './event/index.ts';
import type { StageHooks } from './event/room.ts';
import { eventSeriesTopic } from './event-series/index.ts';
import { eventUpdateTopic } from './event-update/index.ts';
import { guestTopic } from './guest/index.ts';
import { hostTopic } from './host/index.ts';
import { inventoryTopic } from './inventory/index.ts';
import { promoCodeTopic } from './promo-code/index.ts';
import { salesTopic } from './sales/index.ts';
import { savedEventTopic } from './saved-event/index.ts';
import { scannerTopic } from './scanner/index.ts';
import { ticketTopic } from './ticket/index.ts';
import { ticketTypeTopic } from './ticket-type/index.ts';
import { waitlistTopic } from './waitlist/index.ts';

/** Events, and how people get in. @param stage what the domain of the stage adds to the events' rooms */
export const createEvents = (deps: Deps, stage: StageHooks): Domain<Transaction> =>
  joinTopics('events', [
    eventTopic(deps, stage),
    eventSeriesTopic(deps),
    hostTopic(deps),
    eventUpdateTopic(deps),
    ticketTypeTopic(deps),
    categoryTopic(deps),
    cancellationPolicyTopic(deps),
    savedEventTopic(deps),
    inventoryTopic(deps),
    bookingTopic(deps),
    guestTopic(deps),
    salesTopic(deps),
    waitlistTopic(deps),
    cancelledEventTopic(deps),
    promoCodeTopic(deps),
    ticketTopic(deps),
    checkInListTopic(deps),
    scannerTopic(deps),
    checkinTopic(deps),
    doorTopic(deps),
  ]);
