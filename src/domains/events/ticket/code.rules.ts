import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { fromBase45, toBase45 } from './base45.rules.ts';

/**
 * What a ticket's code says. 49 bytes: version 1, key number 2, event 16, admission 16, type 4, generation 2, not before 4,
 * expires 4, all big-endian; then 64 bytes of Ed25519 over them; as base45 170 characters, a QR code of version 7.
 */
export interface TicketClaims {
  /** Which of the event's keys signed it. */
  keyNumber: number;
  eventId: string;
  admissionId: string;
  /** See `typeNumber`. */
  typeNumber: number;
  generation: number;
  /** Seconds since 1970. */
  notBefore: number;
  expiresAt: number;
}

const VERSION = 1;
export const PAYLOAD_BYTES = 49;
const SIGNATURE_BYTES = 64;

/** Names a ticket type among those of one event: the last four bytes of its id, which are random. */
export const typeNumber = (ticketTypeId: string): number => Number.parseInt(ticketTypeId.slice(-8), 16);

/** @param privateKey PKCS #8 in base64. The same claims always make the same code. */
export const encodeTicket = (claims: TicketClaims, privateKey: string): string => {
  const payload = packClaims(claims);
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  return toBase45(Buffer.concat([payload, sign(null, payload, key)]));
};

/** A code taken apart, not verified yet; null for what is none. */
export const decodeTicket = (
  code: string,
): { claims: TicketClaims; payload: Uint8Array; signature: Uint8Array } | null => {
  const bytes = fromBase45(code);
  if (bytes?.length !== PAYLOAD_BYTES + SIGNATURE_BYTES || bytes[0] !== VERSION) return null;
  const payload = bytes.subarray(0, PAYLOAD_BYTES);
  return { claims: unpackClaims(Buffer.from(payload)), payload, signature: bytes.subarray(PAYLOAD_BYTES) };
};

/** @param publicKey the raw 32 bytes in base64url, as `event_signing_keys` holds them */
export const isSignedBy = (
  { payload, signature }: { payload: Uint8Array; signature: Uint8Array },
  publicKey: string,
): boolean =>
  verify(
    null,
    payload,
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' }),
    signature,
  );

const packClaims = (claims: TicketClaims): Buffer => {
  const bytes = Buffer.alloc(PAYLOAD_BYTES);
  bytes.writeUInt8(VERSION, 0);
  bytes.writeUInt16BE(claims.keyNumber, 1);
  bytes.write(claims.eventId.replaceAll('-', ''), 3, 'hex');
  bytes.write(claims.admissionId.replaceAll('-', ''), 19, 'hex');
  bytes.writeUInt32BE(claims.typeNumber, 35);
  bytes.writeUInt16BE(claims.generation, 39);
  bytes.writeUInt32BE(claims.notBefore, 41);
  bytes.writeUInt32BE(claims.expiresAt, 45);
  return bytes;
};

const unpackClaims = (bytes: Buffer): TicketClaims => ({
  keyNumber: bytes.readUInt16BE(1),
  eventId: uuidOf(bytes.subarray(3, 19)),
  admissionId: uuidOf(bytes.subarray(19, 35)),
  typeNumber: bytes.readUInt32BE(35),
  generation: bytes.readUInt16BE(39),
  notBefore: bytes.readUInt32BE(41),
  expiresAt: bytes.readUInt32BE(45),
});

const uuidOf = (bytes: Buffer): string => {
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
