import { createHash, createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto';
import { encrypt } from '../../../platform/aes-gcm.ts';
import { generationBytes, typeNumber } from '../ticket/code.rules.ts';
import { signClaims } from '../ticket/code-signature.rules.ts';
import { type DoorTicketRow, windowOf } from './door.reads.ts';

/** Bytes of the hash that names a code. */
const NAME_BYTES = 16;
/** The purpose of a box's key. A key or a text for another purpose opens no box. */
const PURPOSE = 'rally-ticket-box';

/** The contents of a box: how a ticket's holder is greeted. */
export interface Holder {
  name: string | null;
  ticketType: string | null;
  role: string;
  seatLabel: string | null;
}

export interface TicketBox {
  h: string;
  c: string;
}

/** Boxes that were made, each some 400 bytes; the one that was made first is forgotten first. */
const made = new Map<string, TicketBox>();
const MAX_MADE = 50_000;

interface Signer {
  event: { id: string; startDate: Date; endDate: Date };
  keyNumber: number;
  key: KeyObject;
}

/** Reads a private key once, for many boxes. @param privateKey PKCS #8 in base64 */
export const signerOf = (event: Signer['event'], keyNumber: number, privateKey: string): Signer => ({
  event,
  keyNumber,
  key: createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' }),
});

/**
 * A ticket as it lies in a bundle. `h` names the code: the first 16 bytes of SHA-256 over the admission's id and generation.
 * `c` is AES-256-GCM (nonce 12, tag 16, text) over the holder as JSON, under HKDF-SHA-256 of the code's text: whoever has the
 * bundle and not the code learns nothing of the holder.
 */
export const boxTicket = (signer: Signer, ticket: DoorTicketRow, holder: Holder): TicketBox => {
  const { validFrom, validUntil } = windowOf(signer.event, ticket);
  const text = JSON.stringify(holder);
  const known = [signer.keyNumber, ticket.id, ticket.generation, +validFrom, +validUntil, text].join(' ');
  const before = made.get(known);
  if (before) return before;
  const code = signClaims(
    {
      keyNumber: signer.keyNumber,
      eventId: signer.event.id,
      admissionId: ticket.id,
      typeNumber: typeNumber(ticket.ticketTypeId ?? ''),
      generation: ticket.generation,
      notBefore: +validFrom / 1_000,
      expiresAt: +validUntil / 1_000,
    },
    signer.key,
  );
  const box = {
    h: createHash('sha256')
      .update(generationBytes(ticket.id, ticket.generation))
      .digest()
      .subarray(0, NAME_BYTES)
      .toString('base64url'),
    c: encrypt(boxKey(code), text, PURPOSE).toString('base64url'),
  };
  const [oldest] = made.keys();
  if (made.size >= MAX_MADE && oldest !== undefined) made.delete(oldest);
  made.set(known, box);
  return box;
};

/** The key of the box that a code opens. */
export const boxKey = (code: string): Buffer => Buffer.from(hkdfSync('sha256', code, '', PURPOSE, 32));
