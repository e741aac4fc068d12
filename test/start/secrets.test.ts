import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, importJWK, jwtVerify, SignJWT } from 'jose';
import { beforeEach, expect, test } from 'vitest';
import { PushEnvironment, pushSettings } from '../../src/platform/push/push-settings.ts';
import { ensureSecrets } from '../../src/start/secrets.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = scratchFolder();
});

test('are made once, and only their owner may read them', () => {
  const secrets = ensureSecrets(dataDir);
  expect(ensureSecrets(dataDir)).toEqual(secrets);
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(ensureSecrets(scratchFolder())).not.toEqual(secrets);
});

test('are of the kinds their users expect', async () => {
  const { SIGNING_KEY, ENCRYPTION_KEY, SANDBOX_WEBHOOK_SECRET, VAPID_PRIVATE_KEY } = ensureSecrets(dataDir);
  const jwk = JSON.parse(SIGNING_KEY);
  expect(jwk.kid).toBe(await calculateJwkThumbprint(jwk));
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'EdDSA' }).sign(await importJWK(jwk, 'EdDSA'));
  const { d: _private, ...publicJwk } = jwk;
  await expect(jwtVerify(token, await importJWK(publicJwk, 'EdDSA'))).resolves.toBeDefined();
  expect(Buffer.from(ENCRYPTION_KEY, 'base64')).toHaveLength(32);
  expect(SANDBOX_WEBHOOK_SECRET).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const settings = PushEnvironment.parse({ VAPID_PRIVATE_KEY });
  expect(pushSettings(settings, { production: true, mailFrom: 'a@rally.example' })?.privateKey).toBe(VAPID_PRIVATE_KEY);
});

test('that are missing from an older file are added, the others kept', () => {
  const { ENCRYPTION_KEY: _missing, ...older } = ensureSecrets(dataDir);
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ ...older, OTHER: 'kept' }));
  const completed = ensureSecrets(dataDir);
  expect(completed).toMatchObject(older);
  expect(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'))).toEqual({ ...completed, OTHER: 'kept' });
});

test('are never replaced because the file is damaged', () => {
  writeFileSync(join(dataDir, 'secrets.json'), '{"SIGNING_KEY":');
  expect(() => ensureSecrets(dataDir)).toThrow(/secrets\.json cannot be read: restore it, or remove it/);
  expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).toBe('{"SIGNING_KEY":');
});
