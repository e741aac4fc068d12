import { uuidv7 } from 'uuidv7';
import { inside, list, nameOf, place, show } from './door.ts';
import { line } from './line.ts';
import { forgetLast } from './scan-code.ts';
import * as store from './store.ts';
import type { Verdict } from './verdict.ts';

/** Lets chosen companions in by the code that is on the screen. @throws RallyError */
export const admitParty = async ({ code }: Verdict, admissionIds: readonly string[]): Promise<void> => {
  const at = place.value;
  if (!at || !line.value) return;
  const { scans } = await line.value.call('checkin.party', {
    ...{ eventId: at.eventId, code, ...nameOf(at), ...(list.value ? { listId: list.value.id } : {}) },
    scans: admissionIds.map((admissionId) => ({ admissionId, scanId: uuidv7() })),
  });
  const [first] = scans;
  const count = scans.filter(({ outcome }) => outcome === 'ADMITTED').length;
  if (!first) return;
  inside.value = first.inside;
  const isAll = count === scans.length;
  show({
    ...{ scanId: first.scanId, code, isOnline: true, companions: [], before: null },
    outcome: isAll ? 'ADMITTED' : (scans.find(({ outcome }) => outcome !== 'ADMITTED')?.outcome ?? 'INVALID'),
    name:
      scans
        .map(({ admission }) => admission?.name)
        .filter(Boolean)
        .join(', ') || null,
    detail: `${count} of ${scans.length} let in`,
    explanation: isAll ? 'Let them in.' : 'Not all of them may come in.',
  });
};

/** Takes the scan on the screen back. @throws RallyError */
export const undo = async (shown: Verdict): Promise<void> => {
  const at = place.value;
  if (!at || !line.value) return;
  const reason = 'Taken back at the door';
  const answer = await line.value.call('checkin.undo', {
    eventId: at.eventId,
    scanId: shown.scanId,
    undoId: uuidv7(),
    reason,
  });
  await store.settle([{ scanId: shown.scanId, outcome: 'UNDONE' }]);
  inside.value = answer.inside;
  forgetLast();
  show({ ...shown, outcome: 'UNDONE', explanation: 'This scan was taken back.', companions: [], isOnline: true });
};
