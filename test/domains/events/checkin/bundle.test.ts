import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boxKey } from '../../../../src/domains/events/checkin/ticket-box.ts';
import { decodeTicket, generationBytes, generationOf } from '../../../../src/domains/events/ticket/code.rules.ts';
import { isSignedBy } from '../../../../src/domains/events/ticket/code-signature.rules.ts';
import { proofAt } from '../../../../src/domains/events/ticket/proof.rules.ts';
import { decrypt } from '../../../../src/platform/aes-gcm.ts';
import { newId } from '../../../../src/platform/ids.ts';
import type { Sale } from '../support/booking-world.ts';
import { type DoorWorld, newDeviceKey, openDoorWorld, signText } from '../support/door-world.ts';
import { type Caller, codeOf } from '../support/event-world.ts';

let world: DoorWorld;
let host: string;
let guest: string;

beforeAll(async () => {
  world = await openDoorWorld();
  [host = '', guest = ''] = world.people;
});
afterAll(() => world.close());

interface Bundle {
  version: string;
  isUnchanged: boolean;
  epoch: number;
  contents: {
    lists: { id: string; name: string }[];
    listId: string;
    keys: { number: number; publicKey: string }[];
    gateKey: string | null;
    types: { number: number }[];
    revocations: string;
    tickets: { h: string; c: string }[];
  } | null;
}

const fetchBundle = (by: Caller, { eventId }: Sale, version?: string): Promise<Bundle> =>
  world.ask<Bundle>(by, 'checkin.bundle', { eventId, ...(version === undefined ? {} : { version }) });

test('a bundle opens with a code, and says nothing of anybody without one (D5)', async () => {
  const sale = await world.openDoors();
  const [ticket] = await world.ticketsFor(guest, sale, 3);
  const device = await world.enroll(sale);
  const { contents } = await fetchBundle(device.caller, sale);
  const decoded = decodeTicket(ticket?.code ?? '');
  if (!contents || !decoded) throw new Error('no bundle, or no ticket');
  expect(isSignedBy(decoded, contents.keys[0]?.publicKey ?? '')).toBe(true);
  expect(contents.types.map(({ number }) => number)).toEqual([decoded.claims.typeNumber]);
  const { admissionId, generation } = decoded.claims;
  const name = createHash('sha256').update(generationBytes(admissionId, generation)).digest().subarray(0, 16);
  const box = contents.tickets.find(({ h }) => h === name.toString('base64url'));
  const opened = decrypt(boxKey(ticket?.code ?? ''), Buffer.from(box?.c ?? '', 'base64url'), 'rally-ticket-box');
  expect(JSON.parse(opened.toString())).toEqual({
    ...{ name: 'First1 Last1', ticketType: 'Regular', role: 'ATTENDEE', seatLabel: null },
  });
  const text = JSON.stringify(contents);
  for (const person of await world.database.user.findMany({ include: { profile: true } })) {
    for (const word of [person.email, person.profile?.lastName ?? person.email, person.id])
      expect(text).not.toContain(word);
  }
  expect(contents.tickets).toHaveLength(3);
  expect(text.length).toBeLessThan(200 * 3 + 64 * 1_024);
});

test('a bundle changes with sales, revocations and rules, and with nothing else', async () => {
  const sale = await world.openDoors();
  const [ticket] = await world.ticketsFor(guest, sale);
  const device = await world.enroll(sale);
  const first = await fetchBundle(device.caller, sale);
  expect(await fetchBundle(device.caller, sale, first.version)).toMatchObject({ isUnchanged: true, contents: null });
  await world.scan(host, sale, 'hello');
  expect((await fetchBundle(device.caller, sale, first.version)).isUnchanged).toBe(true);
  const other = await world.ticketsFor(world.people[4] ?? '', sale);
  await world.ask(world.people[4] ?? '', 'ticket.regenerate', { admissionId: other[0]?.admissionId });
  const second = await fetchBundle(device.caller, sale, first.version);
  expect(second).toMatchObject({ isUnchanged: false, epoch: first.epoch + 1 });
  const revoked = Buffer.from(second.contents?.revocations ?? '', 'base64');
  expect(generationOf(revoked)).toEqual({ admissionId: other[0]?.admissionId, generation: 2 });
  expect(revoked).toHaveLength(18);
  await world.ask(host, 'checkInList.create', { eventId: sale.eventId, name: 'Back door' });
  expect((await fetchBundle(device.caller, sale, second.version)).contents?.lists).toHaveLength(2);
  expect(ticket?.code).toHaveLength(170);
});

test('the gate key is for enrolled devices; a person’s session has the rest', async () => {
  const sale = await world.openDoors();
  await world.ticketsFor(guest, sale);
  const device = await world.enroll(sale);
  expect((await fetchBundle(host, sale)).contents?.gateKey).toBeNull();
  expect((await fetchBundle(device.caller, sale)).contents?.gateKey).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  await world.ask(host, 'scanner.revoke', { eventId: sale.eventId, scannerId: device.id });
  expect(codeOf(await world.call(device.caller, 'checkin.bundle', { eventId: sale.eventId }))).toBe('FORBIDDEN');
});

test('a list that asks for a proof takes a code only with the number of now', async () => {
  const sale = await world.openDoors();
  const { eventId } = sale;
  const [ticket] = await world.ticketsFor(guest, sale);
  const { id: listId } = await world.ask<{ id: string }>(host, 'checkInList.create', {
    ...{ eventId, name: 'Proved', requireProof: true },
  });
  const { secret } = await world.ask<{ secret: string }>(guest, 'ticket.proof', { admissionId: ticket?.admissionId });
  expect(codeOf(await world.call(host, 'ticket.proof', { admissionId: ticket?.admissionId }))).not.toBe('OK');
  const numberAt = (ms: number) => proofAt(Buffer.from(secret, 'base64'), Date.now() + ms);
  const scan = (fields: object) => world.scan(host, sale, ticket?.code ?? '', { listId, ...fields });
  expect(await scan({})).toMatchObject({ outcome: 'INVALID', explanation: expect.stringContaining('fresh number') });
  expect((await scan({ proof: numberAt(-120_000) })).outcome).toBe('INVALID');
  expect((await scan({ proof: numberAt(0) })).outcome).toBe('ADMITTED');
});

test('a device is enrolled once, with its own key, within the time of its invitation', async () => {
  const sale = await world.openDoors();
  const { eventId } = sale;
  const invite = () =>
    world.ask<{ token: string; scanner: { id: string } }>(host, 'scanner.invite', { eventId, name: newId() });
  const { publicKey, privateKey } = newDeviceKey();
  const enroll = (token: string, signed = token) =>
    world.call(null, 'scanner.enroll', {
      ...{ token, publicKey },
      signature: signText(`rally-scanner-enroll\n${signed}`, privateKey),
    });
  const { token } = await invite();
  expect(codeOf(await enroll(token, 'another'))).toBe('INVALID_INPUT');
  const answers = await Promise.all([enroll(token), enroll(token)]);
  expect(answers.map(codeOf).sort()).toEqual(['GONE', 'OK']);
  const late = await invite();
  await world.database.scannerDevice.update({
    where: { id: late.scanner.id },
    data: { invitationExpiresAt: new Date(Date.now() - 1) },
  });
  expect(codeOf(await enroll(late.token))).toBe('GONE');
  expect(codeOf(await enroll('x'.repeat(43)))).toBe('GONE');
  const taken = await world.call(host, 'scanner.invite', { eventId, name: 'Phone', expiresAt: '2199-01-01T00:00:00Z' });
  expect(taken).toMatchObject({ error: { code: 'INVALID_INPUT', issues: [{ path: 'expiresAt' }] } });
});
