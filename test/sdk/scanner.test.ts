import { generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { boxTicket, signerOf } from '../../src/domains/events/checkin/ticket-box.ts';
import { authenticationText, enrollmentText } from '../../src/domains/events/scanner/device-text.rules.ts';
import { isTextSignedBy } from '../../src/domains/events/scanner/signed-text.rules.ts';
import { generationBytes, typeNumber } from '../../src/domains/events/ticket/code.rules.ts';
import { encodeTicket } from '../../src/domains/events/ticket/code-signature.rules.ts';
import { proofAt, proofSecret } from '../../src/domains/events/ticket/proof.rules.ts';
import { newId } from '../../src/platform/ids.ts';
import {
  type BundleContents,
  judge,
  type KnownScan,
  makeDeviceKey,
  openBundle,
  publicKeyText,
  readCode,
  signAuthentication,
  signEnrollment,
} from '../../src/sdk/scanner/index.ts';

const HOUR = 3_600_000;
const now = new Date();
const eventId = newId();
const typeId = newId();
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
const gateKey = randomBytes(32).toString('base64');
const event = { id: eventId, startDate: new Date(now.getTime() - HOUR), endDate: new Date(now.getTime() + HOUR) };

const codeFor = (admissionId: string, { generation = 1, ofEvent = eventId } = {}): string =>
  encodeTicket(
    {
      ...{ keyNumber: 1, eventId: ofEvent, admissionId, generation, typeNumber: typeNumber(typeId) },
      notBefore: Math.floor(event.startDate.getTime() / 1_000) - 12 * 3_600,
      expiresAt: Math.floor(event.endDate.getTime() / 1_000) + 12 * 3_600,
    },
    pem,
  );

const list = {
  ...{
    id: newId(),
    eventId,
    name: 'Entrance',
    isDefault: true,
    ticketTypeIds: [] as string[],
    mode: 'ENTRY_ONLY' as const,
  },
  ...{ allowReentry: false, allowUnpaid: false, requireProof: false, opensAt: null, closesAt: null, rulesEpoch: 1 },
};

const contents = (change: Partial<BundleContents> = {}): BundleContents => ({
  event: {
    ...{ id: eventId, title: 'Lanterns', timeZone: 'Europe/Berlin' },
    ...{ startDate: event.startDate.toISOString(), endDate: event.endDate.toISOString() },
  },
  ...{ listId: list.id, lists: [list], gateKey, revocations: '', tickets: [] },
  keys: [{ number: 1, publicKey: publicKey.export({ format: 'jwk' }).x ?? '' }],
  types: [
    {
      ...{ id: typeId, number: typeNumber(typeId) },
      validFrom: new Date(event.startDate.getTime() - 12 * HOUR).toISOString(),
      validUntil: new Date(event.endDate.getTime() + 12 * HOUR).toISOString(),
    },
  ],
  ...change,
});

interface At {
  change?: Partial<BundleContents>;
  rules?: Partial<typeof list>;
  kind?: 'ENTRY' | 'EXIT';
  known?: KnownScan[];
  at?: Date;
}

const scan = async (text: string, { change = {}, rules = {}, kind = 'ENTRY', known = [], at = now }: At = {}) => {
  const bundle = openBundle(contents(change));
  const code = await readCode(bundle, text, at.getTime());
  const scanned = { scanId: newId(), kind, code, hybridClock: BigInt(at.getTime()) << 16n };
  return { ...judge({ bundle, list: { ...list, ...rules }, now: at }, scanned, known), code, scanned };
};

describe('a code is judged without the server', () => {
  test('a ticket of the event comes in, and its holder is read from the box that only the code opens', async () => {
    const id = newId();
    const holder = { name: 'Mina Karim', ticketType: 'Seat in a boat', role: 'ATTENDEE', seatLabel: null };
    const row = { id, generation: 1, ticketTypeId: typeId, typeValidFrom: null, typeValidUntil: null };
    const box = boxTicket(signerOf(event, 1, pem), row as never, holder);
    const code = codeFor(id);
    const verdict = await scan(code, { change: { tickets: [box] } });
    expect(verdict).toMatchObject({ localVerdict: 'ADMITTED', rejection: null, outcome: 'ADMITTED', code: { holder } });
    const other = await scan(codeFor(newId()), { change: { tickets: [{ ...box, h: 'AAAA' }] } });
    expect(other).toMatchObject({ outcome: 'ADMITTED', code: { holder: null } });
  });

  test('reasons come in the server’s order', async () => {
    const id = newId();
    const good = codeFor(id);
    const revoked = Buffer.from(generationBytes(id, 2)).toString('base64');
    const forged = `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`;
    const outcomeOf = async (text: string, more: At = {}) => (await scan(text, more)).outcome;
    expect(await outcomeOf('hello')).toBe('INVALID');
    expect(await outcomeOf(forged, { change: { revocations: revoked } })).toBe('INVALID');
    expect(await outcomeOf(codeFor(id, { ofEvent: newId() }))).toBe('WRONG_EVENT');
    expect(await outcomeOf(good, { change: { revocations: revoked }, rules: { ticketTypeIds: [newId()] } })).toBe(
      'REVOKED',
    );
    expect(await outcomeOf(codeFor(id, { generation: 2 }), { change: { revocations: revoked } })).toBe('ADMITTED');
    expect(await outcomeOf(good, { rules: { ticketTypeIds: [newId()] } })).toBe('WRONG_LIST');
    expect(await outcomeOf(good, { at: new Date(now.getTime() + 20 * HOUR) })).toBe('OUTSIDE_WINDOW');
    expect(await outcomeOf(good, { change: { keys: [] } })).toBe('INVALID');
  });

  test('whoever is known to be in is not let in again, until they left or the scan was undone', async () => {
    const code = codeFor(newId());
    const first: KnownScan = {
      ...{ scanId: newId(), kind: 'ENTRY', hybridClock: 1n, localVerdict: 'ADMITTED', rejection: null, outcome: null },
    };
    const again = async (known: KnownScan[], rules = {}) => (await scan(code, { known, rules })).outcome;
    expect(await again([first])).toBe('DUPLICATE');
    expect(await again([{ ...first, outcome: 'UNDONE' }])).toBe('ADMITTED');
    expect(await again([{ ...first, outcome: 'REVOKED' }])).toBe('ADMITTED');
    const left: KnownScan = { ...first, scanId: newId(), kind: 'EXIT', hybridClock: 2n };
    expect(await again([first, left])).toBe('DUPLICATE');
    expect(await again([first, left], { allowReentry: true })).toBe('ADMITTED');
    expect((await scan(code, { known: [first], kind: 'EXIT' })).outcome).toBe('EXITED');
  });

  test('a list that asks for the proof takes the number of now, and not one of two minutes ago', async () => {
    const id = newId();
    const secret = proofSecret(gateKey, id, 1);
    const rules = { requireProof: true };
    const withProof = (ms: number) => `${codeFor(id)}${proofAt(secret, now.getTime() + ms)}`;
    expect((await scan(withProof(0), { rules })).outcome).toBe('ADMITTED');
    expect(await scan(withProof(-120_000), { rules })).toMatchObject({
      outcome: 'INVALID',
      rejection: 'PROOF_EXPIRED',
    });
    expect((await scan(codeFor(id), { rules })).rejection).toBe('PROOF_EXPIRED');
    expect((await scan(withProof(0), { rules, change: { gateKey: null } })).rejection).toBe('PROOF_EXPIRED');
  });
});

test('the published vectors are read as they say', async () => {
  const vectors = JSON.parse(readFileSync('docs/door/vectors.json', 'utf8'));
  const { claims, code, publicKey: key } = vectors.code;
  const { h, c, text } = vectors.box;
  const { gateKey: secret, numbers } = vectors.proof;
  const opened = openBundle({
    ...contents({ gateKey: secret, tickets: [{ h, c }], keys: [{ number: claims.keyNumber, publicKey: key }] }),
    event: { ...contents().event, id: claims.eventId },
    revocations: vectors.revocation.bytes,
  });
  const [{ atMs, number }] = numbers;
  const read = await readCode(opened, `${code}${number}`, atMs);
  expect(read).toMatchObject({ claims, code, proof: number, hasProof: true, shown: { isSigned: true } });
  expect(read.holder).toEqual(JSON.parse(text));
  expect([...opened.minGenerations]).toEqual([[vectors.revocation.admissionId, vectors.revocation.minGeneration]]);
});

test('a device signs what the server asks for, with a key that cannot be taken from it', async () => {
  const key = await makeDeviceKey();
  const text = await publicKeyText(key);
  const token = hkdfSync('sha256', 'x', '', '', 24).toString();
  expect(isTextSignedBy(enrollmentText(token), await signEnrollment(key, token), text)).toBe(true);
  const at = now.toISOString();
  const proof = await signAuthentication(key, eventId, at);
  expect(isTextSignedBy(authenticationText(eventId, at), proof, text)).toBe(true);
  expect(isTextSignedBy(authenticationText(newId(), at), proof, text)).toBe(false);
  await expect(crypto.subtle.exportKey('pkcs8', key.privateKey as never)).rejects.toThrow();
});
