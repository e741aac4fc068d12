import { fromBase45 } from './base45.rules.ts';

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

/** A code taken apart, not verified yet. */
export interface DecodedTicket {
  claims: TicketClaims;
  payload: Uint8Array<ArrayBuffer>;
  signature: Uint8Array<ArrayBuffer>;
}

const VERSION = 1;
export const PAYLOAD_BYTES = 49;
const SIGNATURE_BYTES = 64;

/** Names a ticket type among those of one event: the last four bytes of its id, which are random. */
export const typeNumber = (ticketTypeId: string): number => Number.parseInt(ticketTypeId.slice(-8), 16);

/** A code taken apart; null for what is none. */
export const decodeTicket = (code: string): DecodedTicket | null => {
  const bytes = fromBase45(code);
  if (bytes?.length !== PAYLOAD_BYTES + SIGNATURE_BYTES || bytes[0] !== VERSION) return null;
  const payload = bytes.slice(0, PAYLOAD_BYTES);
  return { claims: unpackClaims(payload), payload, signature: bytes.slice(PAYLOAD_BYTES) };
};

/** The 49 bytes that are signed. */
export const packClaims = (claims: TicketClaims): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(PAYLOAD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint16(1, claims.keyNumber);
  bytes.set(uuidBytes(claims.eventId), 3);
  bytes.set(uuidBytes(claims.admissionId), 19);
  view.setUint32(35, claims.typeNumber);
  view.setUint16(39, claims.generation);
  view.setUint32(41, claims.notBefore);
  view.setUint32(45, claims.expiresAt);
  return bytes;
};

/** 18 bytes that name one generation of an admission's code: the admission's id, then the generation, big-endian. */
export const generationBytes = (admissionId: string, generation: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(18);
  bytes.set(uuidBytes(admissionId));
  new DataView(bytes.buffer).setUint16(16, generation);
  return bytes;
};

/** The reverse of `generationBytes`. */
export const generationOf = (bytes: Uint8Array): { admissionId: string; generation: number } => ({
  admissionId: uuidOf(bytes.subarray(0, 16)),
  generation: viewOf(bytes).getUint16(16),
});

const unpackClaims = (bytes: Uint8Array): TicketClaims => {
  const view = viewOf(bytes);
  return {
    keyNumber: view.getUint16(1),
    eventId: uuidOf(bytes.subarray(3, 19)),
    admissionId: uuidOf(bytes.subarray(19, 35)),
    typeNumber: view.getUint32(35),
    generation: view.getUint16(39),
    notBefore: view.getUint32(41),
    expiresAt: view.getUint32(45),
  };
};

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

const uuidBytes = (id: string): Uint8Array => {
  const hex = id.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, place) => Number.parseInt(hex.slice(2 * place, 2 * place + 2), 16));
};

const uuidOf = (bytes: Uint8Array): string => {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
