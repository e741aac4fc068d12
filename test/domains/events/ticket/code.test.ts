import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase45, toBase45 } from '../../../../src/domains/events/ticket/base45.rules.ts';
import { decodeTicket, typeNumber } from '../../../../src/domains/events/ticket/code.rules.ts';
import { encodeTicket, isSignedBy } from '../../../../src/domains/events/ticket/code-signature.rules.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
const raw = publicKey.export({ format: 'jwk' }).x ?? '';

const seconds = fc.integer({ min: 0, max: 0xffff_ffff });
const claims = fc.record({
  keyNumber: fc.integer({ min: 0, max: 0xffff }),
  eventId: fc.uuid(),
  admissionId: fc.uuid(),
  typeNumber: seconds,
  generation: fc.integer({ min: 1, max: 0xffff }),
  notBefore: seconds,
  expiresAt: seconds,
});

test('RFC 9285, section 4.3', () => {
  expect(toBase45(Buffer.from('AB'))).toBe('BB8');
  expect(toBase45(Buffer.from('Hello!!'))).toBe('%69 VD92EX0');
  expect(Buffer.from(fromBase45('QED8WEX0') ?? []).toString()).toBe('ietf!');
  expect([fromBase45('GGW'), fromBase45('a'), fromBase45(':::')]).toEqual([null, null, null]);
});

test('any bytes come back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase45(toBase45(bytes))).toEqual(bytes);
    }),
  );
});

test('a code is 170 characters of a QR code’s alphanumeric set, and says what was signed', () => {
  fc.assert(
    fc.property(claims, (given) => {
      const code = encodeTicket(given, pkcs8);
      expect(code).toMatch(/^[0-9A-Z $%*+\-./:]{170}$/);
      expect(encodeTicket(given, pkcs8)).toBe(code);
      const decoded = decodeTicket(code);
      expect(decoded?.claims).toEqual(given);
      expect(decoded && isSignedBy(decoded, raw)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('one changed character is noticed', () => {
  fc.assert(
    fc.property(claims, fc.integer({ min: 0, max: 169 }), (given, place) => {
      const code = encodeTicket(given, pkcs8);
      const other = code[place] === '0' ? '1' : '0';
      const decoded = decodeTicket(code.slice(0, place) + other + code.slice(place + 1));
      expect(decoded !== null && isSignedBy(decoded, raw)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test('a type is named by the end of its id', () => {
  expect(typeNumber('0190163d-8694-739b-aea5-966c26f8ad91')).toBe(0x26f8ad91);
});
