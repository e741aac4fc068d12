import { commit } from '../../../platform/db/commit.ts';
import { scannerChanged } from '../door/facts.ts';
import { canManage } from '../door/policy.ts';
import { rename } from './contract.ts';
import { presentScanner } from './present.ts';
import { updateScanner } from './scanner.writes.ts';
import { holdScanner } from './subject.steps.ts';

/** Gives a device another name or gate. */
export const renameScanner = () =>
  commit(rename, {
    load: (input, { tx, actor }) => holdScanner(tx, input, actor),
    allow: (_actor, { keeper }) => canManage(keeper),
    run: async ({ name, gate }, { scanner, door }, { tx, record, audit }) => {
      const row = await updateScanner(tx, scanner.id, {
        ...(name === undefined ? {} : { name }),
        ...(gate === undefined ? {} : { gate }),
      });
      await record(scannerChanged, {
        ...{ eventId: row.eventId, hostId: door.event.hostId, scannerId: row.id },
        ...{ status: row.status, endedSessionId: null },
      });
      audit({
        targetType: 'scanner',
        targetId: row.id,
        before: { name: scanner.name, gate: scanner.gate },
        after: { name: row.name, gate: row.gate },
      });
      return presentScanner(row);
    },
  });
