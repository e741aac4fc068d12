import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { listAttendees } from './attendees.ts';
import { fetchBundle } from './bundle.ts';
import { scanByHand } from './by-hand.ts';
import { findHolders } from './find.ts';
import { listScans } from './log.ts';
import { scanParty } from './party.ts';
import { recountScans } from './recount.job.ts';
import { scanCode } from './scan.ts';
import { syncScans } from './sync.ts';
import { undoScan } from './undo.ts';

/** Scans at the door: one way to write them down, one function that folds them. */
export const checkinTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    scanCode(deps),
    scanParty(),
    scanByHand(),
    findHolders(),
    undoScan(),
    syncScans(),
    fetchBundle(deps),
    listScans(deps),
    listAttendees(deps),
  ],
  jobs: [recountScans(deps)],
});
