import { type CryptoKey, calculateJwkThumbprint, importJWK, type JWK } from 'jose';
import { z } from 'zod';

/** The only algorithm Rally signs with: Ed25519 under its JOSE name (RFC 8037, section 3.1). */
export const SIGNING_ALGORITHM = 'EdDSA';

/** An Ed25519 key pair that has proved in this process that its halves belong together. */
export interface SigningKey {
  /** Its `kid`, or its RFC 7638 thumbprint where it has none. */
  id: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  /** Safe to publish: without the private part. */
  publicJwk: JWK;
}

const PrivateJwk = z.object({
  kty: z.literal('OKP', 'must be "OKP"'),
  crv: z.literal('Ed25519', 'must be "Ed25519"'),
  x: z.string('is missing: the public part').min(1),
  d: z.string('is missing: a private key is needed').min(1),
  kid: z.string().min(1).max(100).optional(),
});

const KeySet = z.object({ keys: z.array(PrivateJwk).min(1).max(10) });

/**
 * Reads SIGNING_KEY: one private JWK, or a set `{"keys":[…]}` of at most 10. The first signs, all verify.
 * @throws Error naming what is wrong, never any part of a key
 */
export const readSigningKeys = async (json: string): Promise<[SigningKey, ...SigningKey[]]> => {
  const [first, ...others] = parse(json);
  if (!first) throw unusable('it holds no key');
  const keys: [SigningKey, ...SigningKey[]] = [await load(first), ...(await Promise.all(others.map(load)))];
  const repeated = keys.find((key, at) => keys.findIndex(({ id }) => id === key.id) !== at);
  if (repeated) throw unusable(`two keys have the kid "${repeated.id}"`);
  return keys;
};

const parse = (json: string): z.infer<typeof PrivateJwk>[] => {
  const raw = parseJson(json);
  const isSet = typeof raw === 'object' && raw !== null && 'keys' in raw;
  const parsed = KeySet.safeParse(isSet ? raw : { keys: [raw] });
  if (parsed.success) return parsed.data.keys;
  const whole = isSet ? 0 : 2;
  const reasons = parsed.error.issues.map(({ path, message }) => `${path.slice(whole).join('.')} ${message}`.trim());
  throw unusable(reasons.join('; '));
};

const parseJson = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    throw unusable('it is not JSON');
  }
};

const load = async (jwk: z.infer<typeof PrivateJwk>): Promise<SigningKey> => {
  const { d, kid, ...shared } = jwk;
  const id = kid ?? (await calculateJwkThumbprint(shared));
  const publicJwk: JWK = { ...shared, kid: id, alg: SIGNING_ALGORITHM, use: 'sig' };
  const key = { id, publicJwk, privateKey: await open({ ...shared, d }), publicKey: await open(shared) };
  await prove(key);
  return key;
};

const open = async (jwk: JWK): Promise<CryptoKey> => {
  const key = await importJWK(jwk, SIGNING_ALGORITHM).catch(() => {
    throw unusable('it is not an Ed25519 key');
  });
  if (key instanceof Uint8Array) throw unusable('it is a shared secret');
  return key;
};

/** A key whose public half belongs to another would sign tokens that no node accepts. */
const prove = async ({ privateKey, publicKey }: SigningKey): Promise<void> => {
  const text = new TextEncoder().encode('rally');
  const signature = await crypto.subtle.sign('Ed25519', privateKey, text);
  if (await crypto.subtle.verify('Ed25519', publicKey, signature, text)) return;
  throw unusable('its public part x does not belong to its private part d');
};

const unusable = (reason: string): Error =>
  new Error(`SIGNING_KEY must be an Ed25519 private key as JWK, or a set {"keys":[…]} of them: ${reason}`);
