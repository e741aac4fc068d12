import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type FoldedScan, foldScans } from '../../../../src/domains/events/checkin/fold.rules.ts';
import { boxKey } from '../../../../src/domains/events/checkin/ticket-box.ts';
import { authenticationText, enrollmentText } from '../../../../src/domains/events/scanner/device-text.rules.ts';
import { isTextSignedBy } from '../../../../src/domains/events/scanner/signed-text.rules.ts';
import { decodeTicket, generationBytes, generationOf } from '../../../../src/domains/events/ticket/code.rules.ts';
import { encodeTicket, isSignedBy } from '../../../../src/domains/events/ticket/code-signature.rules.ts';
import { proofAt, proofSecret } from '../../../../src/domains/events/ticket/proof.rules.ts';
import { decrypt } from '../../../../src/platform/aes-gcm.ts';

/** What others write their scanners by: the code must go on saying the same. */
const vectors = JSON.parse(readFileSync('docs/door/vectors.json', 'utf8'));

test('a code', () => {
  const { claims, privateKeyPkcs8, publicKey, code } = vectors.code;
  expect(encodeTicket(claims, privateKeyPkcs8)).toBe(code);
  const decoded = decodeTicket(code);
  expect(decoded?.claims).toEqual(claims);
  expect(decoded && isSignedBy(decoded, publicKey)).toBe(true);
});

test('a box that a code opens', () => {
  const { h, key, c, text } = vectors.box;
  const { admissionId, generation } = vectors.code.claims;
  const name = createHash('sha256').update(generationBytes(admissionId, generation)).digest().subarray(0, 16);
  expect(name.toString('base64url')).toBe(h);
  expect(boxKey(vectors.code.code).toString('hex')).toBe(key);
  expect(decrypt(Buffer.from(key, 'hex'), Buffer.from(c, 'base64url'), 'rally-ticket-box').toString()).toBe(text);
});

test('a revocation', () => {
  const { admissionId, minGeneration, bytes } = vectors.revocation;
  expect(generationOf(Buffer.from(bytes, 'base64'))).toEqual({ admissionId, generation: minGeneration });
});

test('a rotating number', () => {
  const { gateKey, admissionId, generation, secret, numbers } = vectors.proof;
  expect(proofSecret(gateKey, admissionId, generation).toString('base64')).toBe(secret);
  for (const { atMs, number } of numbers) expect(proofAt(Buffer.from(secret, 'base64'), atMs)).toBe(number);
});

test('what a device signs', () => {
  const { enrollment, authentication } = vectors;
  expect(isTextSignedBy(enrollmentText(enrollment.token), enrollment.signature, enrollment.publicKey)).toBe(true);
  const text = authenticationText(authentication.scannerId, authentication.at);
  expect(isTextSignedBy(text, authentication.signature, authentication.publicKey)).toBe(true);
  expect(isTextSignedBy(`${text} `, authentication.signature, authentication.publicKey)).toBe(false);
});

test('the fold', () => {
  const { scans, revocations, allowReentry, outcomes, state } = vectors.fold;
  const withClock = <T extends { hybridClock: string }>(each: T) => ({
    ...each,
    hybridClock: BigInt(each.hybridClock),
  });
  const folded = foldScans(scans.map(withClock) as FoldedScan[], revocations.map(withClock), { allowReentry });
  expect(Object.fromEntries(folded.outcomes)).toEqual(outcomes);
  expect(folded.state).toEqual(state);
});
