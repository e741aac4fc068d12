import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { toBase45 } from './base45.rules.ts';
import { type DecodedTicket, packClaims, type TicketClaims } from './code.rules.ts';

/** @param privateKey PKCS #8 in base64. The same claims always make the same code. */
export const encodeTicket = (claims: TicketClaims, privateKey: string): string =>
  signClaims(claims, createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' }));

/** `encodeTicket` with a key that was read before, for many codes. */
export const signClaims = (claims: TicketClaims, key: KeyObject): string => {
  const payload = packClaims(claims);
  return toBase45(Buffer.concat([payload, sign(null, payload, key)]));
};

/** @param publicKey the raw 32 bytes in base64url, as `event_signing_keys` holds them */
export const isSignedBy = (
  { payload, signature }: Pick<DecodedTicket, 'payload' | 'signature'>,
  publicKey: string,
): boolean => verify(null, payload, publicKeyOf(publicKey), signature);

/** Keys that were read, some 1 kB each: to read one costs as much as to verify with it. */
const read = new Map<string, KeyObject>();
const MAX_READ = 1_000;

const publicKeyOf = (text: string): KeyObject => {
  const known = read.get(text);
  if (known) return known;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' });
  const [oldest] = read.keys();
  if (read.size >= MAX_READ && oldest !== undefined) read.delete(oldest);
  read.set(text, key);
  return key;
};
