import { computed, signal } from '@preact/signals';
import { RallyError } from '../../../src/sdk/index.ts';
import type { BundleList, OpenedBundle } from '../../../src/sdk/scanner/index.ts';
import { lookOf } from '../outcome-words.ts';
import { lineStatus } from './line.ts';
import type { KeptBundle, Place } from './store.ts';
import { sound, type Verdict } from './verdict.ts';

/** Where this device stands; undefined before the disk was looked at, null for nowhere. */
export const place = signal<Place | null | undefined>(undefined);
export const bundle = signal<{ opened: OpenedBundle; kept: KeptBundle } | null>(null);
export const pending = signal(0);
export const inside = signal<number | null>(null);
/** Milliseconds that this device's clock is ahead of the server's. */
export const skewMs = signal(0);
export const kind = signal<'ENTRY' | 'EXIT'>('ENTRY');
/** The verdict on the screen; null while the door waits for a code. */
export const verdict = signal<Verdict | null>(null);
/** The last trouble with the server, in words. */
export const problem = signal<string | null>(null);

/** The browser knows at once that the network is gone; the connection finds out later. */
const hasNetwork = signal(navigator.onLine);
for (const name of ['online', 'offline']) {
  addEventListener(name, () => {
    hasNetwork.value = navigator.onLine;
  });
}
export const isOnline = computed(() => hasNetwork.value && lineStatus.value === 'online');
export const list = computed((): BundleList | null => {
  const { opened } = bundle.value ?? {};
  const listId = place.value?.listId ?? opened?.listId;
  return opened?.lists.find(({ id }) => id === listId) ?? null;
});

/** Scans that the server is being asked about one by one. */
export const asked = new Set<string>();

export const serverNowMs = (): number => Date.now() - skewMs.value;

/** Puts a verdict on the whole screen. */
export const show = (next: Verdict): void => {
  verdict.value = next;
  sound(lookOf(next.outcome).tone);
};

/** How a call names this place. */
export const nameOf = ({ scannerId, deviceName, gate }: Place) => ({
  ...(scannerId === null ? { deviceId: deviceName } : {}),
  ...(gate === null ? {} : { gate }),
});

/** Keeps what the server says is wrong; that it cannot be reached is seen elsewhere. */
export const tell = (thrown: unknown): void => {
  if (!(thrown instanceof RallyError)) throw thrown;
  if (thrown.code !== 'UNREACHABLE') problem.value = thrown.message;
};
