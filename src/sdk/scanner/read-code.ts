import type { ShownCode } from '../../domains/events/checkin/verdict.rules.ts';
import { type DecodedTicket, decodeTicket, type TicketClaims } from '../../domains/events/ticket/code.rules.ts';
import { fromBase64 } from './base64.ts';
import { boxName, type Holder, openBox } from './box.ts';
import type { OpenedBundle } from './bundle.ts';
import { isProof } from './proof.ts';

/** A text that was shown at the door, as far as the bundle tells. */
export interface ReadCode {
  code: string;
  /** The six digits that followed the code; null where there were none. */
  proof: string | null;
  /** Null for what is no code of a ticket, or one whose signature is wrong. */
  claims: TicketClaims | null;
  shown: ShownCode | null;
  hasProof: boolean;
  /** Null for a ticket that is newer than the bundle. */
  holder: Holder | null;
}

const CODE_LENGTH = 170;

/** A code, and the proof that the guest's app shows behind it. */
export const splitProof = (text: string): Pick<ReadCode, 'code' | 'proof'> => {
  const proof = text.slice(CODE_LENGTH);
  return /^\d{6}$/.test(proof) ? { code: text.slice(0, CODE_LENGTH), proof } : { code: text, proof: null };
};

/** Reads a code without the server: takes it apart, verifies its signature, and opens its holder's box. */
export const readCode = async (bundle: OpenedBundle, text: string, nowMs: number): Promise<ReadCode> => {
  const { code, proof } = splitProof(text);
  const nothing = { code, proof, claims: null, hasProof: false, holder: null };
  const decoded = decodeTicket(code);
  if (!decoded) return { ...nothing, shown: null };
  const { claims } = decoded;
  const { admissionId, eventId, generation } = claims;
  // Another event's key is not in this bundle. Its tickets are refused in any case, and by that name people understand why.
  const isSigned = eventId !== bundle.eventId || (await isGenuine(bundle, decoded));
  const shown = { eventId, generation, isSigned };
  if (!isSigned || eventId !== bundle.eventId) return { ...nothing, shown };
  const box = bundle.boxes.get(await boxName(admissionId, generation));
  const { gateKey } = bundle;
  return {
    ...{ code, proof, claims, shown },
    hasProof: proof !== null && gateKey !== null && (await isProof({ gateKey, admissionId, generation }, proof, nowMs)),
    holder: box === undefined ? null : await openBox(box, code),
  };
};

const isGenuine = async ({ keys }: OpenedBundle, { claims, payload, signature }: DecodedTicket): Promise<boolean> => {
  const publicKey = keys.get(claims.keyNumber);
  if (publicKey === undefined) return false;
  const key = await crypto.subtle.importKey('raw', fromBase64(publicKey), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature, payload);
};
