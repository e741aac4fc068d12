import { createECDH, createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder } from '../platform/embedded/data-folder.ts';
import { SetupError } from '../platform/embedded/setup-error.ts';

/** The secrets a development server makes for itself. In production they are given, and their absence stops the start. */
const makers = {
  SIGNING_KEY: makeSigningKey,
  ENCRYPTION_KEY: () => randomBytes(32).toString('base64'),
  // Standard Webhooks: "whsec_" and 24 to 64 random bytes in base64.
  SANDBOX_WEBHOOK_SECRET: () => `whsec_${randomBytes(32).toString('base64')}`,
  VAPID_PRIVATE_KEY: makeVapidKey,
};

/** Secrets by the names of their environment variables. */
export type Secrets = Readonly<Record<keyof typeof makers, string>>;

/**
 * The secrets of this data folder, made on first use and kept in `secrets.json`, readable by its owner only.
 * @throws SetupError if the file cannot be understood: replacing it would end every session
 */
export function ensureSecrets(dataDir: string): Secrets {
  openDataFolder(dataDir);
  const file = join(dataDir, 'secrets.json');
  const kept = existsSync(file) ? readSecrets(file) : {};
  const made = Object.entries(makers).map(([name, make]) => [name, kept[name] ?? make()]);
  // The entries are those of `makers`, each with a value.
  const secrets = Object.fromEntries(made) as Secrets;
  if (Object.keys(makers).some((name) => kept[name] === undefined)) {
    writeFileSync(`${file}.draft`, `${JSON.stringify({ ...kept, ...secrets }, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.draft`, file);
  }
  return secrets;
}

function readSecrets(file: string): Record<string, string | undefined> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new SetupError(`${file} cannot be read: restore it, or remove it to get new secrets and sign everybody out`);
  }
}

/** An Ed25519 private key as JWK; its key id is the thumbprint of RFC 7638. */
function makeSigningKey(): string {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x }))
    .digest('base64url');
  return JSON.stringify({ ...jwk, kid, alg: 'EdDSA', use: 'sig' });
}

/** A private key of P-256 as Web Push names it, 32 bytes in base64url. The public one follows from it. */
function makeVapidKey(): string {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const key = pair.getPrivateKey();
  // Leading zeros are left out of what it returns.
  return Buffer.concat([Buffer.alloc(32 - key.length), key]).toString('base64url');
}
