import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationContract } from '../../src/kernel/contract.ts';
import { ERRORS, type ErrorCode } from '../../src/kernel/errors.ts';
import type { Answer } from '../../src/kernel/execute.ts';
import { newId } from '../../src/platform/ids.ts';
import { callHttp } from './call-http.ts';
import { inputSchema, type Schema } from './input-schema.ts';
import { openRawSocket, type RawSocket } from './raw-socket.ts';
import { type Gathering, goodInput, openWorld, operations, type World } from './world.ts';

let world: World;
let socket: RawSocket;

beforeAll(async () => {
  world = await openWorld();
  socket = await openRawSocket(world.url, { token: world.ann.token });
});

afterAll(async () => {
  socket?.close();
  await world?.stop();
});

interface Changes {
  key?: string;
  audience?: string;
  issuer?: string;
  type?: string;
  /** Seconds from now. */
  endsIn?: number;
  role?: string;
}

const otherKey = JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));

/** Ann's token with something changed; unchanged, it would be taken. */
const forge = async (changes: Changes): Promise<string> => {
  const { sub, sid, role } = decodeJwt(world.ann.token);
  return new SignJWT({ sid, role: changes.role ?? role })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'conformance', typ: changes.type ?? 'at+jwt' })
    .setIssuer(changes.issuer ?? 'rally')
    .setAudience(changes.audience ?? 'rally:access')
    .setSubject(sub ?? '')
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1_000) + (changes.endsIn ?? 600))
    .sign(await importJWK(JSON.parse(changes.key ?? world.signingKey), 'EdDSA'));
};

const unsigned = async (): Promise<string> =>
  new UnsecuredJWT(decodeJwt(world.ann.token)).setIssuer('rally').setAudience('rally:access').encode();

const symmetric = async (): Promise<string> =>
  new SignJWT(decodeJwt(world.ann.token))
    .setProtectedHeader({ alg: 'HS256', kid: 'conformance', typ: 'at+jwt' })
    .sign(new TextEncoder().encode(JSON.parse(world.signingKey).x));

const altered = async (): Promise<string> => {
  const [header, , signature] = world.ann.token.split('.');
  const claims = { ...decodeJwt(world.ann.token), role: 'SUPER_ADMIN' };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};

const BAD_TOKENS: [what: string, make: () => Promise<string>, code: string][] = [
  ['no token', async () => '', 'UNAUTHENTICATED'],
  ['no token at all, but words', async () => 'let me in', 'UNAUTHENTICATED'],
  ['an unsigned token (alg none)', unsigned, 'UNAUTHENTICATED'],
  ['a token signed with the public key as a secret', symmetric, 'UNAUTHENTICATED'],
  ['a token with altered claims', altered, 'UNAUTHENTICATED'],
  ['a token of another key under our key id', () => forge({ key: otherKey }), 'UNAUTHENTICATED'],
  ['a token for another audience', () => forge({ audience: 'rally:ticket' }), 'UNAUTHENTICATED'],
  ['a token of another issuer', () => forge({ issuer: 'someone' }), 'UNAUTHENTICATED'],
  ['a token of another type', () => forge({ type: 'JWT' }), 'UNAUTHENTICATED'],
  ['a token that ran out', () => forge({ endsIn: -1 }), 'TOKEN_EXPIRED'],
];

test('a token made here like the server’s own is taken, so that the others are refused for what was changed', async () => {
  const own = await openRawSocket(world.url, { token: await forge({}) });
  expect(await own.call('profile.me')).toMatchObject({ ok: true, data: { id: world.ann.id } });
  own.close();
});

describe.each(BAD_TOKENS)('%s', (_what, make, code) => {
  test('is refused at the handshake of a socket', async () => {
    await expect(openRawSocket(world.url, { token: await make() })).rejects.toThrow(code);
  });

  test('is refused by every operation over HTTP that is not public', async () => {
    const token = await make();
    for (const contract of operations.filter(({ http, access }) => http && access !== 'public')) {
      const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
      const answer = await callHttp(contract, { url: world.url, input: goodInput(world, contract), headers });
      expect(answer, contract.name).toMatchObject({ status: 401, body: { code, status: 401, retryable: false } });
      expect(answer.headers.get('content-type'), contract.name).toContain('application/problem+json');
    }
  });
});

describe('what belongs to others cannot be told from what does not exist', () => {
  /** What stands in fields of an input that name things. */
  type Ids = Record<string, string | string[]>;

  /** Things of other people that an id may name. */
  const foreign = (): Ids => ({
    chatId: world.foreignChatId,
    sessionId: String(decodeJwt(world.stranger.token).sid),
    verificationId: world.stranger.verificationId,
    room: `chat:${world.foreignChatId}`,
    ...ofEvent(world.foreignGathering),
    ...world.foreignHoldings,
    ...ofPerson(world.stranger.id),
  });
  const ofEvent = ({ eventId, updateId, seriesId, ticketTypeIds: [ticketTypeId = ''] }: Gathering) => ({
    ...{ eventId, updateId, seriesId, ticketTypeId },
    assetId: newId(),
  });
  /** As whose something is asked for. */
  const ofPerson = (id: string) => ({ userId: id, hostId: id, ownerId: id });
  /** The same fields, with ids of nothing. */
  const missing = (): Ids => ({
    ...Object.fromEntries(
      Object.entries(foreign()).map(([field, id]) => [field, Array.isArray(id) ? id.map(newId) : newId()]),
    ),
    room: `chat:${newId()}`,
  });
  /** People can be found by anyone; the others are made by the client or are places in its own lists. */
  const OPEN = [
    ...['userIds', 'memberIds', 'clientId', 'mediaIds', 'cursor', 'upTo'],
    // Everybody's catalogues; of what is chosen for an event the field is refused.
    ...['categoryId', 'parentId', 'cancellationPolicyId', 'taxRateId', 'planId'],
    // Within an event, which is guarded.
    ...['ticketTypeIds', 'listId', 'scanId', 'undoId'],
    // The same; and a device that there is not is answered as one whose signature is wrong.
    'scannerId',
  ];
  /** What is answered alike about everybody but oneself, and not as missing. */
  const ANSWERS: Record<string, ErrorCode | 'OK'> = {
    // Whether there is such a person is no secret, and is not looked at.
    'payoutAccount.list': 'FORBIDDEN',
    'payout.list': 'FORBIDDEN',
    'payout.balances': 'FORBIDDEN',
    'ledger.accounts': 'FORBIDDEN',
    // Passes over what is not in one's own inbox.
    'notification.read': 'OK',
    // Answered as a wrong code.
    'verification.confirm': 'INVALID_INPUT',
  };

  const fieldsWith = (schema: Schema, isWanted: (schema: Schema) => boolean): string[] =>
    Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
      ...(isWanted(field) || isWanted(field.items ?? {}) ? [name] : []),
      ...fieldsWith(field, isWanted),
      ...fieldsWith(field.items ?? {}, isWanted),
    ]);
  const idsOf = (contract: OperationContract): string[] =>
    fieldsWith(inputSchema(contract), ({ format, pattern }) => format === 'uuid' || pattern?.includes('{36}') === true);

  /** The good input with the given ids wherever the field stands. */
  const inputWith = (contract: OperationContract, ids: Ids): Record<string, unknown> => {
    const place = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(place);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, ids[name] ?? place(each)]));
    };
    // Where such a field may be left out, it is given all the same.
    return place(goodInput(world, contract, Object.keys(ids))) as Record<string, unknown>;
  };
  const withoutIds = (answer: unknown, { room = '', ...ids }: Ids): unknown =>
    JSON.parse(
      [room, ...Object.values(ids)].flat().reduce((text, id) => text.replaceAll(id, 'ID'), JSON.stringify(answer)),
    );

  // Nothing is foreign to staff.
  const forPeople = operations.filter(({ access }) => access !== 'staff');
  const guarded = forPeople.filter((contract) => idsOf(contract).some((name) => !OPEN.includes(name)));

  test('every id in every input is known to be guarded or open', () => {
    const known = [...OPEN, ...Object.keys(foreign())];
    const names = forPeople.flatMap((contract) => idsOf(contract).map((id) => `${contract.name} ${id}`));
    expect(names.filter((name) => !known.includes(name.split(' ')[1] ?? ''))).toEqual([]);
    expect(guarded.length).toBeGreaterThan(10);
  });

  test.each(guarded.map((contract) => [contract.name, contract] as const))(
    '%s over Socket.IO',
    async (name, contract) => {
      const [other, none] = [foreign(), missing()];
      const aboutOther: Answer = await socket.call(name, inputWith(contract, other));
      const aboutNone: Answer = await socket.call(name, inputWith(contract, none));
      expect(withoutIds(aboutOther, other)).toEqual(withoutIds(aboutNone, none));
      if (!aboutOther.ok) expect(aboutOther.error.code).toBe(ANSWERS[name] ?? 'NOT_FOUND');
    },
  );

  test.each(guarded.filter(({ http }) => http).map((contract) => [contract.name, contract] as const))(
    '%s over HTTP',
    async (name, contract) => {
      const [other, none] = [foreign(), missing()];
      const ask = (ids: Ids) =>
        callHttp(contract, { url: world.url, input: inputWith(contract, ids), token: world.ann.token });
      const [aboutOther, aboutNone] = [await ask(other), await ask(none)];
      const code = ANSWERS[name] ?? 'NOT_FOUND';
      expect(aboutOther).toMatchObject(
        code === 'OK' ? { status: 200 } : { status: ERRORS[code].status, body: { code } },
      );
      expect(withoutIds(aboutOther.body, other)).toEqual(withoutIds(aboutNone.body, none));
    },
  );

  test.each([
    ...[
      'booking.get',
      'booking.refundQuote',
      'payment.get',
      'refund.get',
      'refund.list',
      'dispute.get',
      'dispute.list',
    ],
    ...['payout.get', 'payout.list', 'payout.balances', 'ledger.accounts', 'ledger.entries', 'invoice.get'],
    ...[
      'eventSeries.get',
      'eventUpdate.list',
      'chat.get',
      'promoCode.deactivate',
      'waitlist.leave',
      'notification.read',
    ],
  ])('%s is answered to whose it is, so that others are refused something that is there', async (name) => {
    const contract = operations.find((each) => each.name === name);
    if (!contract) throw new Error(`no operation ${name}`);
    const named = Object.fromEntries(Object.entries(foreign()).filter(([field]) => idsOf(contract).includes(field)));
    const own = await openRawSocket(world.url, { token: world.stranger.token });
    expect(await own.call(name, inputWith(contract, named))).toMatchObject({ ok: true });
    own.close();
  });
});
