import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Assembly, assemble } from '../src/assemble.ts';
import { contractsIn } from '../src/http/documents/contracts.ts';
import { readConfig } from '../src/platform/config.ts';
import { createLog } from '../src/platform/log.ts';
import * as room from '../src/realtime/room/contract.ts';
import * as connection from '../src/realtime/session/contract.ts';
import { topics } from '../src/sdk/contract.ts';
import { freshDatabase, freshRedis } from './support/databases.ts';

const { room: _room, connection: _connection, ...productTopics } = topics;
const listed = contractsIn(Object.values(productTopics));
let assembly: Assembly;

beforeAll(async () => {
  const config = readConfig({
    DATABASE_URL: await freshDatabase(),
    REDIS_URL: await freshRedis(),
    SIGNING_KEY: JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  });
  assembly = await assemble(config, createLog('silent'));
});

afterAll(() => assembly?.stop());

const namesOf = (contracts: readonly { name: string }[]): string[] => contracts.map(({ name }) => name).sort();

describe('what clients and documents are told of is what the domains offer', () => {
  test('operations', () => {
    const served = assembly.domains.flatMap(({ operations }) => operations.map(({ contract }) => contract));
    expect(namesOf(served)).toEqual(namesOf(listed.operations));
    for (const contract of served) expect(listed.operations).toContain(contract);
  });

  test('signals', () => {
    expect(namesOf(assembly.domains.flatMap(({ signals }) => signals))).toEqual(namesOf(listed.signals));
  });

  test('rooms', () => {
    const served = assembly.domains.flatMap(({ rooms }) => rooms.map(({ contract }) => contract));
    expect(namesOf(served)).toEqual(namesOf(listed.rooms));
  });

  test('and what belongs to the connection itself', () => {
    expect(topics).toMatchObject({ room, connection });
  });
});
