import type { Entry } from '../../../src/sdk/index.ts';
import { hybridClockAt, openBundle, timeOf } from '../../../src/sdk/scanner/index.ts';
import { asked, bundle, inside, isOnline, nameOf, pending, place, problem, skewMs, tell } from './door.ts';
import { line } from './line.ts';
import * as store from './store.ts';

/** Scans of one upload: some 40 KB where each text is as long as can be. */
const BATCH = 25;

let uploading: Promise<void> | undefined;

/** Sends what waits, and looks whether the bundle is still good. Callers at the same time share one round. */
export const catchUp = (): Promise<void> => {
  uploading ??= round()
    .catch(tell)
    .finally(() => {
      uploading = undefined;
    });
  return uploading;
};

const round = async (): Promise<void> => {
  const at = place.value;
  const client = line.value;
  if (!at || !client || !isOnline.value) return;
  for (;;) {
    const scans = (await store.scansToSend(BATCH, { isDevice: at.scannerId !== null })).filter(
      ({ scanId }) => !asked.has(scanId),
    );
    if (scans.length === 0) break;
    const answer = await client.call('checkin.sync', {
      eventId: at.eventId,
      scans: scans.map((scan) => ({
        ...{
          scanId: scan.scanId,
          code: scan.code ?? '',
          listId: scan.listId,
          kind: scan.kind,
          at: scan.at,
          hlc: scan.hlc,
        },
        ...{ localVerdict: scan.localVerdict, bundleEpoch: scan.bundleEpoch, ...nameOf(at) },
        ...(scan.rejection === null ? {} : { rejection: scan.rejection }),
        ...(scan.deviceSeq === null ? {} : { deviceSeq: scan.deviceSeq }),
      })),
    });
    await store.settle(answer.outcomes);
    await store.hearClock(answer.serverHlc);
    inside.value = answer.inside;
    pending.value = await store.countPending();
  }
  await refreshBundle(at.eventId);
  problem.value = null;
};

const refreshBundle = async (eventId: string): Promise<void> => {
  const version = bundle.value?.kept.version;
  const answer = await line.value?.call('checkin.bundle', version === undefined ? { eventId } : { eventId, version });
  if (!answer) return;
  await store.hearClock(answer.serverHlc);
  skewMs.value = Date.now() - timeOf(BigInt(answer.serverHlc)).getTime();
  const contents = answer.contents ?? bundle.value?.kept.contents;
  if (!contents) return;
  const kept = { version: answer.version, epoch: answer.epoch, fetchedAtMs: Date.now(), contents };
  await store.writeFact('bundle', kept);
  bundle.value = { kept, opened: answer.contents || !bundle.value ? openBundle(contents) : bundle.value.opened };
};

/** What the doors' room says: codes that died, rules that changed, what other doors did. */
export const hear = (entries: readonly Entry[]): void => {
  for (const entry of entries) {
    if (entry.signal === 'checkin.counted') inside.value = entry.data.inside;
    if (entry.signal === 'ticket.revoked' || entry.signal === 'door.changed') void catchUp();
    if (entry.signal === 'checkin.noted') void store.hearScans(entry.data.scans.flatMap((each) => heardOf(each) ?? []));
  }
};

type Noted = Extract<Entry, { signal: 'checkin.noted' }>['data']['scans'][number];

const heardOf = ({ kind: how, scanId, admissionId, listId, outcome, at }: Noted): store.KeptScan | null => {
  if (how === 'UNDO' || admissionId === null || listId === null) return null;
  return {
    ...{ scanId, listId, admissionId, kind: how, code: null, at, hlc: hybridClockAt(new Date(at)).toString() },
    ...{ deviceSeq: null, bundleEpoch: 0, isPending: 0, outcome, localVerdict: 'REFUSED', rejection: null },
  };
};
