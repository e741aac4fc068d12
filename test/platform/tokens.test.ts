import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { base64url, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../src/kernel/errors.ts';
import { createTokens, type Tokens } from '../../src/platform/tokens.ts';

const GRANT = { userId: randomUUID(), sessionId: randomUUID(), role: 'USER' };
const INVALID = { code: 'UNAUTHENTICATED', message: 'The access token is not valid.' };

const newKey = async (kid?: string): Promise<JWK> => {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  return { ...(await exportJWK(privateKey)), ...(kid === undefined ? {} : { kid }) };
};

const clockAt = (start: string) => {
  let now = new Date(start);
  const pass = (ms: number): void => {
    now = new Date(now.getTime() + ms);
  };
  return { now: () => now, pass };
};

describe('access tokens', () => {
  const clock = clockAt('2026-11-22T10:00:00.250Z');
  let key: JWK;
  let tokens: Tokens;
  beforeAll(async () => {
    key = await newKey('k1');
    tokens = await createTokens(JSON.stringify(key), clock);
  });

  const nowSeconds = (): number => Math.floor(clock.now().getTime() / 1_000);

  /** A token as ours in everything but what is changed. */
  const forge = async (
    change: { header?: object; payload?: object; with?: JWK | Uint8Array } = {},
  ): Promise<string> => {
    const signer = change.with instanceof Uint8Array ? change.with : await importJWK(change.with ?? key, 'EdDSA');
    const { userId, sessionId, role } = GRANT;
    const claims = {
      iss: 'rally',
      aud: 'rally:access',
      sub: userId,
      sid: sessionId,
      role,
      iat: nowSeconds(),
      exp: nowSeconds() + 900,
    };
    return new SignJWT({ ...claims, ...change.payload })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k1', typ: 'at+jwt', ...change.header })
      .sign(signer);
  };

  test('carry who, which session and which role, for 15 minutes', async () => {
    const { token, expiresAt } = await tokens.issue(GRANT);
    expect(expiresAt).toEqual(new Date('2026-11-22T10:15:00Z'));
    expect(await tokens.verify(token)).toEqual({ actor: GRANT, expiresAt });
    expect(await tokens.verify(token)).toEqual({ actor: GRANT, expiresAt });
  });

  test('carry when their holder proved who they are, to the second', async () => {
    const { token } = await tokens.issue({ ...GRANT, authenticatedAtMs: Date.UTC(2026, 10, 22, 9, 0, 7, 900) });
    const { actor } = await tokens.verify(token);
    expect(actor.authenticatedAtMs).toBe(Date.UTC(2026, 10, 22, 9, 0, 7));
  });

  test('are never the same twice', async () => {
    const [first, second] = await Promise.all([tokens.issue(GRANT), tokens.issue(GRANT)]);
    expect(first.token).not.toBe(second.token);
  });

  test('end, also where they were verified before', async () => {
    const own = clockAt('2026-11-22T10:00:00Z');
    const aging = await createTokens(JSON.stringify(key), own);
    const seen = await aging.issue(GRANT);
    const unseen = await aging.issue(GRANT);
    await aging.verify(seen.token);
    own.pass(15 * 60_000 - 1);
    await aging.verify(seen.token);
    own.pass(1);
    await expect(aging.verify(seen.token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    await expect(aging.verify(seen.token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    await expect(aging.verify(unseen.token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  test('accept the control forgery, so that the attacks below fail for their own reason', async () => {
    expect(await tokens.verify(await forge())).toMatchObject({ actor: GRANT });
  });

  const attacks: Record<string, () => Promise<unknown>> = {
    'alg none': async () =>
      new UnsecuredJWT({ ...GRANT, sub: GRANT.userId, sid: GRANT.sessionId })
        .setAudience('rally:access')
        .setIssuer('rally')
        .setExpirationTime('1h')
        .encode(),
    'alg none with our kid and no signature': async () => {
      const [, payload] = (await forge()).split('.');
      return `${base64url.encode(JSON.stringify({ alg: 'none', kid: 'k1', typ: 'at+jwt' }))}.${payload}.`;
    },
    'HS256 keyed with the public key': async () =>
      forge({ header: { alg: 'HS256' }, with: new TextEncoder().encode(JSON.stringify(tokens.jwks().keys[0])) }),
    'HS256 keyed with the raw public key': async () =>
      forge({ header: { alg: 'HS256' }, with: Buffer.from(key.x ?? '', 'base64url') }),
    'our kid, another key': async () => forge({ with: await newKey() }),
    'an unknown kid': async () => forge({ header: { kid: 'k2' } }),
    'no kid': async () => forge({ header: { kid: undefined } }),
    'a kid that is a property of objects': async () => forge({ header: { kid: '__proto__' } }),
    'its own key in the header': async () => {
      const own = await newKey('k9');
      const { d: _d, ...jwk } = own;
      return forge({ header: { kid: 'k9', jwk }, with: own });
    },
    'a critical header nobody understands': async () => {
      const [, payload, signature] = (await forge()).split('.');
      return `${base64url.encode(JSON.stringify({ alg: 'EdDSA', kid: 'k1', typ: 'at+jwt', crit: ['x'], x: 1 }))}.${payload}.${signature}`;
    },
    'another audience': () => forge({ payload: { aud: 'rally:ticket' } }),
    'no audience': () => forge({ payload: { aud: undefined } }),
    'another issuer': () => forge({ payload: { iss: 'rally.evil' } }),
    'another type': () => forge({ header: { typ: 'JWT' } }),
    'no type': () => forge({ header: { typ: undefined } }),
    'a start in the future': () => forge({ payload: { nbf: nowSeconds() + 60 } }),
    'no end': () => forge({ payload: { exp: undefined } }),
    'an end beyond all numbers': () => forge({ payload: { exp: 1e300 } }),
    'an end beyond all dates': () => forge({ payload: { exp: 8.7e12 } }),
    'an end after the year 9999': () => forge({ payload: { exp: 253_402_300_800 } }),
    'an end within a second': () => forge({ payload: { exp: 4_000_000_000.5 } }),
    'a beginning beyond all numbers': () => forge({ payload: { iat: 1e300 } }),
    'a beginning that is text': () => forge({ payload: { iat: 'now' } }),
    'no beginning': () => forge({ payload: { iat: undefined } }),
    'an end that is text': () => forge({ payload: { exp: '9999999999' } }),
    'no subject': () => forge({ payload: { sub: undefined } }),
    'no session': () => forge({ payload: { sid: undefined } }),
    'a role that is a list': () => forge({ payload: { role: ['ADMIN'] } }),
    'an expired one that was never signed': () => newKey().then((other) => forge({ with: other, payload: { exp: 1 } })),
    'another payload under a good signature': async () => {
      const [header, payload = '', signature] = (await forge()).split('.');
      const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), role: 'SUPER_ADMIN' };
      return `${header}.${base64url.encode(JSON.stringify(claims))}.${signature}`;
    },
    'an empty text': async () => '',
    'three dots': async () => '...',
    'a huge text': async () => `${'a'.repeat(3_000_000)}.b.c`,
    'nothing at all': async () => undefined,
    'an object': async () => ({ toString: () => 'a.b.c' }),
  };

  test.each(Object.entries(attacks))('refuse %s', async (_name, attack) => {
    const token = (await attack()) as string;
    await expect(tokens.verify(token)).rejects.toMatchObject(INVALID);
  });

  test('refuse any text with one changed character', async () => {
    const { token } = await tokens.issue(GRANT);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    const place = fc.nat(token.length - 2);
    const character = fc.constantFrom(...alphabet);
    await fc.assert(
      fc.asyncProperty(place, character, async (at, replacement) => {
        fc.pre(token[at] !== replacement);
        const changed = token.slice(0, at) + replacement + token.slice(at + 1);
        await expect(tokens.verify(changed)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      }),
      { numRuns: 300 },
    );
  });

  test('refuse garbage with an answer, never with a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 500 })), async (text) => {
        await expect(tokens.verify(text)).rejects.toBeInstanceOf(AppError);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a set of keys', () => {
  const clock = clockAt('2026-11-22T10:00:00Z');

  test('signs with the first, verifies with all, and forgets those that are taken out', async () => {
    const [older, newer] = [await newKey('older'), await newKey()];
    const before = await createTokens(JSON.stringify(older), clock);
    const during = await createTokens(JSON.stringify({ keys: [newer, older] }), clock);
    const after = await createTokens(JSON.stringify({ keys: [newer] }), clock);
    const old = await before.issue(GRANT);
    expect(await during.verify(old.token)).toMatchObject({ actor: GRANT });
    const rotated = await during.issue(GRANT);
    expect(await after.verify(rotated.token)).toMatchObject({ actor: GRANT });
    await expect(after.verify(old.token)).rejects.toMatchObject(INVALID);
    await expect(before.verify(rotated.token)).rejects.toMatchObject(INVALID);
  });

  test('is published without any private part, and anyone can verify with it', async () => {
    const tokens = await createTokens(JSON.stringify({ keys: [await newKey('a'), await newKey()] }), clock);
    const { keys } = tokens.jwks();
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([
      ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
      ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
    ]);
    expect(keys[0]).toMatchObject({ kid: 'a', alg: 'EdDSA', use: 'sig', crv: 'Ed25519' });
    expect(keys[1]?.kid).toMatch(/^[\w-]{43}$/);
    const { createLocalJWKSet, jwtVerify } = await import('jose');
    const { token } = await tokens.issue(GRANT);
    const { payload } = await jwtVerify(token, createLocalJWKSet(tokens.jwks()), { currentDate: clock.now() });
    expect(payload).toMatchObject({
      iss: 'rally',
      aud: 'rally:access',
      sub: GRANT.userId,
      sid: GRANT.sessionId,
      jti: expect.any(String),
    });
  });
});

describe('an unusable SIGNING_KEY', () => {
  const cases: [string, () => Promise<unknown>, RegExp][] = [
    ['no JSON', async () => 'secret', /it is not JSON/],
    ['null', async () => null, /expected object/],
    ['an empty set', async () => ({ keys: [] }), /keys/],
    ['a public key', async () => ({ ...(await newKey()), d: undefined }), /d is missing: a private key is needed/],
    ['another curve', async () => ({ ...(await newKey()), crv: 'X25519' }), /crv must be "Ed25519"/],
    ['a shared secret', async () => ({ kty: 'oct', k: 'AAAA' }), /kty must be "OKP"/],
    ['a key cut short', async () => ({ ...(await newKey()), d: 'AAAA' }), /not an Ed25519 key/],
    [
      'halves of two keys',
      async () => ({ ...(await newKey()), x: (await newKey()).x }),
      /not an Ed25519 key|does not belong/,
    ],
    ['one kid twice', async () => ({ keys: [await newKey('a'), await newKey('a')] }), /two keys have the kid "a"/],
    ['a bad second key', async () => ({ keys: [await newKey(), { kty: 'OKP' }] }), /keys\.1\.crv/],
  ];

  test.each(cases)('says so: %s', async (_name, make, reason) => {
    const value = await make();
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const error = await createTokens(text, { now: () => new Date() }).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(/^SIGNING_KEY must be/);
    expect((error as Error).message).toMatch(reason);
    for (const secret of text.match(/[\w-]{43}/g) ?? []) expect((error as Error).message).not.toContain(secret);
  });
});
