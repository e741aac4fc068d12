import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { acceptWaitlistOffer } from './accept.ts';
import { moved } from './contract.ts';
import { declineOffer } from './decline.ts';
import { joinWaitlist } from './join.ts';
import { leaveWaitlist } from './leave.ts';
import { listWaitlist } from './list.ts';
import { onEntryMoved } from './on-entry-moved.ts';
import { onSeatsFreed } from './on-seats-freed.ts';
import { prioritizeEntry } from './prioritize.ts';
import { revokeEntry } from './revoke.ts';
import { sweepWaitlist } from './sweep.job.ts';

/** People who wait for a seat. */
export const waitlistTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    joinWaitlist(),
    leaveWaitlist(),
    acceptWaitlistOffer(deps),
    declineOffer(),
    revokeEntry(),
    prioritizeEntry(),
    listWaitlist(deps),
  ],
  signals: [moved],
  jobs: [sweepWaitlist(deps)],
  subscribers: [onSeatsFreed(deps), ...onEntryMoved(deps)],
});
