#!/usr/bin/env node
// Prints the secrets that every process of one installation shares, as lines of a .env file.
import { generateKeyPairSync, randomBytes } from 'node:crypto';

const signingKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
process.stdout.write(
  `SIGNING_KEY='${JSON.stringify(signingKey)}'\nENCRYPTION_KEY=${randomBytes(32).toString('base64')}\n`,
);
