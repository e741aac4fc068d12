import { authenticationText, enrollmentText } from '../../domains/events/scanner/device-text.rules.ts';
import { toBase64Url, type WebKey } from './base64.ts';

/** An Ed25519 key of a device. */
export interface DeviceKey {
  publicKey: WebKey;
  privateKey: WebKey;
}

/** A new Ed25519 key whose private half never leaves the browser. @throws DOMException where Ed25519 is not known */
export const makeDeviceKey = async (): Promise<DeviceKey> =>
  // Safe: Ed25519 always makes a pair.
  (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as DeviceKey;

/** The public half as `scanner.enroll` wants it. */
export const publicKeyText = async ({ publicKey }: DeviceKey): Promise<string> =>
  toBase64Url(await crypto.subtle.exportKey('raw', publicKey));

const signText = async ({ privateKey }: DeviceKey, text: string): Promise<string> =>
  toBase64Url(await crypto.subtle.sign('Ed25519', privateKey, new TextEncoder().encode(text)));

/** The signature of `scanner.enroll`. */
export const signEnrollment = (key: DeviceKey, token: string): Promise<string> => signText(key, enrollmentText(token));

/** The signature of `scanner.authenticate`. */
export const signAuthentication = (key: DeviceKey, scannerId: string, at: string): Promise<string> =>
  signText(key, authenticationText(scannerId, at));
