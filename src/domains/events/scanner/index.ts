import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { authenticateScanner } from './authenticate.ts';
import { enrollScanner } from './enroll.ts';
import { inviteScanner } from './invite.ts';
import { listScanners } from './list.ts';
import { markScannerLost } from './mark-lost.ts';
import { onScannerChanged } from './on-scanner-changed.ts';
import { renameScanner } from './rename.ts';
import { revokeScanner } from './revoke.ts';

/** Devices that scan without anybody's session. */
export const scannerTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    inviteScanner(),
    enrollScanner(deps),
    authenticateScanner(deps),
    renameScanner(),
    markScannerLost(),
    revokeScanner(),
    listScanners(deps),
  ],
  subscribers: onScannerChanged(deps),
});
