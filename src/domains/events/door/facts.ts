import { z } from 'zod';
import { ScannerStatus } from '../../../generated/prisma/enums.ts';
import { fact } from '../../../kernel/contract.ts';
import { Id } from '../../../kernel/wire.ts';
import { ScanChange } from '../checkin/shapes/contract.ts';

const ofEvent = z.object({ eventId: Id, hostId: Id });

/** With the holder's account; null for a guest without one. */
const HolderScanChange = ScanChange.extend({ userId: Id.nullable() });

export const scansRecorded = fact({
  name: 'checkin.recorded',
  summary:
    'Scans at a door were written down, or have another outcome than before: an entry counts while its outcome is ADMITTED. One fact for all that one transaction changed.',
  payload: ofEvent.extend({ scans: z.array(HolderScanChange).min(1) }),
});

export const ticketsRevoked = fact({
  name: 'ticket.revoked',
  summary:
    'Codes of these tickets below a generation are dead. `epoch` is the version of the devices’ bundle with them.',
  payload: z.object({
    eventId: Id,
    epoch: z.int(),
    tickets: z.array(z.object({ admissionId: Id, minGeneration: z.int() })).min(1),
  }),
});

export const listChanged = fact({
  name: 'checkInList.changed',
  summary: 'A list of who is let in was made, changed or taken away.',
  payload: ofEvent.extend({ listId: Id, rulesEpoch: z.int() }),
});

export const scannerChanged = fact({
  name: 'scanner.changed',
  summary:
    'A device of a door was invited, enrolled, renamed, lost or revoked. `endedSessionId` names its tokens that end.',
  payload: ofEvent.extend({
    scannerId: Id,
    status: z.enum(ScannerStatus),
    endedSessionId: Id.nullable(),
  }),
});
