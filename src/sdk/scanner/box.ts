import { generationBytes } from '../../domains/events/ticket/code.rules.ts';
import { fromBase64, toBase64Url } from './base64.ts';

/** The holder of a ticket, as a bundle's box tells. */
export interface Holder {
  name: string | null;
  ticketType: string | null;
  role: string;
  seatLabel: string | null;
}

const PURPOSE = new TextEncoder().encode('rally-ticket-box');
const NAME_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The name of a code in a bundle: the first 16 bytes of SHA-256 over the admission's id and generation, in base64url. */
export const boxName = async (admissionId: string, generation: number): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', generationBytes(admissionId, generation));
  return toBase64Url(digest.slice(0, NAME_BYTES));
};

/** Opens the box of a code; null for a box that the code does not open. */
export const openBox = async (box: string, code: string): Promise<Holder | null> => {
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'HKDF', false, ['deriveKey']);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: PURPOSE };
  const key = await crypto.subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  try {
    const sealed = fromBase64(box);
    // The server writes nonce, tag and text; WebCrypto wants the tag last.
    const iv = sealed.slice(0, NONCE_BYTES);
    const text = new Uint8Array([
      ...sealed.slice(NONCE_BYTES + TAG_BYTES),
      ...sealed.slice(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
    ]);
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: PURPOSE }, key, text);
    // Safe: it was sealed by the server, which writes this very shape.
    return JSON.parse(new TextDecoder().decode(opened)) as Holder;
  } catch {
    return null;
  }
};
