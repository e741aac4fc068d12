import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { showBoard } from './board.ts';
import { admitted, changed, counted, noted, scannerChanged, ticketRevoked } from './contract.ts';
import { onDoorChanged } from './on-door-changed.ts';
import { onScansRecorded } from './on-scans-recorded.ts';
import { createDoorRoom } from './room.ts';

/** An event's doors: their room, and the host's board. */
export const doorTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [showBoard(deps)],
  signals: [counted, noted, ticketRevoked, changed, scannerChanged, admitted],
  rooms: [createDoorRoom(deps)],
  subscribers: [...onScansRecorded(deps), ...onDoorChanged(deps)],
});
