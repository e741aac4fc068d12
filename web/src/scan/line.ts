import { signal } from '@preact/signals';
import { type Client, createClient, type Output, type Status } from '../../../src/sdk/index.ts';
import {
  type DeviceKey,
  makeDeviceKey,
  publicKeyText,
  signAuthentication,
  signEnrollment,
} from '../../../src/sdk/scanner/index.ts';
import { client as ownClient } from '../client.ts';

/** The connection that this device speaks through; null while it has none of its own. */
export const line = signal<Client | null>(null);
export const lineStatus = signal<Status['phase']>('signedOut');
/** Why there is none, in words. */
export const lineProblem = signal<string | null>(null);

const BEFORE_END_MS = 60_000;
const AGAIN_MS = 15_000;
let timer: ReturnType<typeof setTimeout> | undefined;
let stopListening: (() => void) | undefined;

const take = (next: Client): void => {
  stopListening?.();
  if (line.value && line.value !== ownClient && line.value !== next) line.value.close();
  line.value = next;
  lineStatus.value = next.status().phase;
  stopListening = next.onStatus(({ phase }) => {
    lineStatus.value = phase;
  });
};

/** Speaks through the session of who is signed in. */
export const speakAsPerson = (): void => take(ownClient);

/** A client of nobody's, for what is open to all. */
const nobody = (): Client => createClient({ url: location.origin });

const speakWith = async (accessToken: string): Promise<void> => {
  const next = createClient({ url: location.origin, accessToken });
  take(next);
  await next.start();
  lineProblem.value = null;
};

/** Makes this browser the device of an invitation. @throws RallyError GONE for one that was used or is too old */
export const enroll = async (
  token: string,
): Promise<{ key: DeviceKey; scanner: Output<'scanner.enroll'>['scanner'] }> => {
  const key = await makeDeviceKey();
  const { scanner } = await nobody().call('scanner.enroll', {
    ...{ token, publicKey: await publicKeyText(key), signature: await signEnrollment(key, token) },
    agent: navigator.userAgent.slice(0, 300),
  });
  return { key, scanner };
};

/** Speaks as an enrolled device: proves its key, and again before each token ends. */
export const speakAsDevice = async (key: DeviceKey, scannerId: string, serverNowMs: () => number): Promise<void> => {
  clearTimeout(timer);
  const again = (ms: number): void => {
    timer = setTimeout(() => void speakAsDevice(key, scannerId, serverNowMs), ms);
  };
  try {
    const at = new Date(serverNowMs()).toISOString();
    const signature = await signAuthentication(key, scannerId, at);
    const grant = await nobody().call('scanner.authenticate', { scannerId, at, signature }, { timeoutMs: 10_000 });
    again(Math.max(AGAIN_MS, Date.parse(grant.expiresAt) - serverNowMs() - BEFORE_END_MS));
    await speakWith(grant.accessToken);
  } catch (thrown) {
    again(AGAIN_MS);
    if (navigator.onLine) lineProblem.value = thrown instanceof Error ? thrown.message : String(thrown);
  }
};

export const hangUp = (): void => {
  clearTimeout(timer);
  stopListening?.();
  if (line.value && line.value !== ownClient) line.value.close();
  line.value = null;
  lineStatus.value = 'signedOut';
};
