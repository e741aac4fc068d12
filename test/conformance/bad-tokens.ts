import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, importJWK, SignJWT, UnsecuredJWT } from 'jose';

/** A token of the server's, and the key it signs with. */
export interface Signed {
  token: string;
  signingKey: string;
}

interface Changes {
  key?: string;
  audience?: string;
  issuer?: string;
  type?: string;
  /** Seconds from now. */
  endsIn?: number;
}

const otherKey = JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));

/** The token with something changed; unchanged, it would be taken. */
export const forge = async ({ token, signingKey }: Signed, changes: Changes = {}): Promise<string> => {
  const { sub, sid, role } = decodeJwt(token);
  return new SignJWT({ sid, role })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'conformance', typ: changes.type ?? 'at+jwt' })
    .setIssuer(changes.issuer ?? 'rally')
    .setAudience(changes.audience ?? 'rally:access')
    .setSubject(sub ?? '')
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1_000) + (changes.endsIn ?? 600))
    .sign(await importJWK(JSON.parse(changes.key ?? signingKey), 'EdDSA'));
};

const unsigned = async ({ token }: Signed): Promise<string> =>
  new UnsecuredJWT(decodeJwt(token)).setIssuer('rally').setAudience('rally:access').encode();

const symmetric = async ({ token, signingKey }: Signed): Promise<string> =>
  new SignJWT(decodeJwt(token))
    .setProtectedHeader({ alg: 'HS256', kid: 'conformance', typ: 'at+jwt' })
    .sign(new TextEncoder().encode(JSON.parse(signingKey).x));

const altered = async ({ token }: Signed): Promise<string> => {
  const [header, , signature] = token.split('.');
  const claims = { ...decodeJwt(token), role: 'SUPER_ADMIN' };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};

/** What is no good token of ours, and with which code it is refused. */
export const BAD_TOKENS: [what: string, make: (signed: Signed) => Promise<string>, code: string][] = [
  ['no token', async () => '', 'UNAUTHENTICATED'],
  ['no token at all, but words', async () => 'let me in', 'UNAUTHENTICATED'],
  ['an unsigned token (alg none)', unsigned, 'UNAUTHENTICATED'],
  ['a token signed with the public key as a secret', symmetric, 'UNAUTHENTICATED'],
  ['a token with altered claims', altered, 'UNAUTHENTICATED'],
  ['a token of another key under our key id', (signed) => forge(signed, { key: otherKey }), 'UNAUTHENTICATED'],
  ['a token for another audience', (signed) => forge(signed, { audience: 'rally:ticket' }), 'UNAUTHENTICATED'],
  ['a token of another issuer', (signed) => forge(signed, { issuer: 'someone' }), 'UNAUTHENTICATED'],
  ['a token of another type', (signed) => forge(signed, { type: 'JWT' }), 'UNAUTHENTICATED'],
  ['a token that ran out', (signed) => forge(signed, { endsIn: -1 }), 'TOKEN_EXPIRED'],
];
