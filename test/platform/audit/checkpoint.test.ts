import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkpointAuditJob, storeCheckpoints } from '../../../src/platform/audit/checkpoint.job.ts';
import { checkpointFolder, readCheckpoints } from '../../../src/platform/audit/checkpoint-files.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { readSigningKeys } from '../../../src/platform/signing-keys.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { SHORT_LIVED } from '../../support/short-lived.ts';
import { type AuditWorld, openAuditWorld } from './audit-world.ts';

const jwk = (kid: string): object => ({ ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid });
const older = jwk('older');
const newer = jwk('newer');

let world: AuditWorld;
let dataDir: string;
let name: string;
beforeAll(async () => {
  world = await openAuditWorld();
  dataDir = scratchFolder();
  name = (await world.sql.query('SELECT current_database() AS name')).rows[0].name;
});
afterAll(() => world.close());

const run = (...keys: object[]): Promise<void> => {
  const config = { signingKey: JSON.stringify({ keys }), dataDir };
  return checkpointAuditJob({ config, database: world.parts.database, clock: systemClock }).run({});
};
const filed = () => readCheckpoints(checkpointFolder(dataDir), name);
const stored = async (): Promise<number> => world.parts.database.auditCheckpoint.count();

/** The command itself. @returns its exit code and what it said */
const verify = async (): Promise<{ code: number; said: string }> => {
  const url = new URL(world.databaseUrl).href;
  const env = { ...process.env, DATABASE_URL: url, RALLY_DATA_DIR: dataDir, SIGNING_KEY: JSON.stringify(newer) };
  return promisify(execFile)(process.execPath, [...SHORT_LIVED, 'dist/audit-verify.js'], { env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      said: error.stdout + error.stderr,
    }),
  );
};

test('an hour without commits makes no checkpoint, one with commits makes one for each chain that grew', async () => {
  await run(older);
  expect(await stored()).toBe(0);
  expect(readdirSync(dataDir)).toEqual([]);
  await world.note(null, [{ after: 1 }, { after: 2 }]);
  await run(older);
  await run(older);
  expect(await stored()).toBe(1);
  const { checkpoints, publicKeys } = await filed();
  expect(checkpoints).toMatchObject([{ stream: '1', seq: 2n, keyId: 'older' }]);
  expect(publicKeys).toMatchObject([{ kid: 'older' }]);
  const [file = ''] = readdirSync(checkpointFolder(dataDir));
  const { d: secret } = older as { d: string };
  expect(readFileSync(`${checkpointFolder(dataDir)}/${file}`, 'utf8')).not.toContain(secret);
});

test('a turn that was killed before the file is completed by the next', async () => {
  await world.note(null, [{ after: 3 }]);
  const [key] = await readSigningKeys(JSON.stringify(older));
  await storeCheckpoints(world.parts.database, key);
  expect((await filed()).checkpoints).toHaveLength(1);
  await run(older);
  expect((await filed()).checkpoints.map(({ seq }) => seq)).toEqual([2n, 3n]);
});

test('after the signing key was changed the old checkpoints still verify, by the command too', async () => {
  await world.note(null, [{ after: 4 }]);
  await run(newer);
  const { code, said } = await verify();
  expect(said).toContain('4 rows and 3 checkpoints are as they were written');
  expect(said).not.toContain('unknown key');
  expect(code).toBe(0);
}, 30_000);

test('a checkpoint that no key of ours signed does not reach the file', async () => {
  await world.note(null, [{ after: 5 }]);
  await world.sql.query(
    `INSERT INTO audit_checkpoints (stream, seq, row_hash, key_id, signature) SELECT stream, seq, row_hash, 'newer', '\\x00' FROM audit_streams WHERE stream = '1'`,
  );
  await run(newer);
  expect((await filed()).checkpoints.map(({ seq }) => seq)).toEqual([2n, 3n, 4n]);
  await world.sql.query('DELETE FROM audit_checkpoints WHERE seq = 5');
});

test('the command names the first bad row and exits with 1', async () => {
  await world.sql.query(`UPDATE audit_logs SET action = 'probe.other' WHERE seq = 2`);
  const { code, said } = await verify();
  expect(said).toMatch(/chain 1 at 2 \(row [0-9a-f-]{36}\): the row was changed/);
  expect(code).toBe(1);
}, 30_000);
