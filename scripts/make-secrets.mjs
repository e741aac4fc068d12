#!/usr/bin/env node
// Prints the secrets that every process of one installation shares, as lines of a .env file.
import { createECDH, generateKeyPairSync, randomBytes } from 'node:crypto';

const signingKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const pushKey = createECDH('prime256v1');
pushKey.generateKeys();
const lines = [
  `SIGNING_KEY='${JSON.stringify(signingKey)}'`,
  `ENCRYPTION_KEY=${randomBytes(32).toString('base64')}`,
  // Standard Webhooks: 24 to 64 random bytes.
  `SANDBOX_WEBHOOK_SECRET=whsec_${randomBytes(32).toString('base64')}`,
  // Always 32 bytes: leading zeros belong to it.
  `VAPID_PRIVATE_KEY=${Buffer.from(pushKey.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url')}`,
];
process.stdout.write(`${lines.join('\n')}\n`);
