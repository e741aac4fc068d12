import { effect } from '@preact/signals';
import type { Entry } from '../../../src/sdk/index.ts';
import { openBundle } from '../../../src/sdk/scanner/index.ts';
import { signOut, start } from '../state/session.ts';
import { bundle, inside, isOnline, pending, place, serverNowMs, verdict } from './door.ts';
import { enroll, hangUp, line, speakAsDevice, speakAsPerson } from './line.ts';
import * as store from './store.ts';
import { catchUp, hear } from './upload.ts';

const ROUND_MS = 15_000;

/** Takes up what this device was before, from the disk; the network is not needed. */
export const begin = async (): Promise<void> => {
  const at = (await store.readFact('place')) ?? null;
  const kept = await store.readFact('bundle');
  if (kept) bundle.value = { kept, opened: openBundle(kept.contents) };
  pending.value = await store.countPending();
  place.value = at;
  await start();
  await speak();
  setInterval(() => void catchUp(), ROUND_MS);
  addEventListener('online', () => (line.value ? line.value.reconnectNow() : void speak()));
  document.addEventListener('visibilitychange', () => void catchUp());
};

const speak = async (): Promise<void> => {
  const at = place.value;
  if (!at?.scannerId) return speakAsPerson();
  const key = await store.readFact('key');
  if (key) await speakAsDevice(key, at.scannerId, serverNowMs);
};

// Back online: what waits is sent at once, and the doors' room is watched from there on.
effect(() => {
  if (isOnline.value && place.value) void catchUp();
});
effect(() => {
  const client = line.value;
  const eventId = place.value?.eventId;
  if (!client || !eventId) return;
  // Safe: a room's log holds what its signals' contracts say.
  const room = client.watch(`door:${eventId}`, { onEntries: (entries) => hear(entries as Entry[]) });
  return () => room.stop();
});

const stand = async (at: store.Place): Promise<void> => {
  await store.writeFact('place', at);
  // Asks the browser not to drop what waits when the disk is full.
  await navigator.storage?.persist?.();
  place.value = at;
  await speak();
  await catchUp();
};

/** Stands at a door in the session of who is signed in. */
export const standAsPerson = (at: Pick<store.Place, 'eventId' | 'listId' | 'gate' | 'mayUndo'>): Promise<void> =>
  stand({ ...at, scannerId: null, deviceName: `Browser ${crypto.randomUUID().slice(0, 4)}` });

/** Becomes the device of an invitation. @throws RallyError GONE for one that was used or is too old */
export const standAsDevice = async (token: string): Promise<void> => {
  const { key, scanner } = await enroll(token);
  await store.writeFact('key', key);
  await stand({
    ...{ eventId: scanner.eventId, listId: scanner.listId, gate: scanner.gate, scannerId: scanner.id },
    ...{ deviceName: scanner.name, mayUndo: scanner.scope === 'SUPERVISE' },
  });
};

/** Forgets everything, scans that wait included. */
export const wipe = async (): Promise<void> => {
  hangUp();
  const wasPerson = place.value?.scannerId === null;
  place.value = null;
  bundle.value = inside.value = verdict.value = null;
  pending.value = 0;
  await store.wipeStore();
  if (wasPerson) await signOut();
};
