import { z } from 'zod';
import { job } from '../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../kernel/domain.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/client.ts';
import { readSigningKeys, type SigningKey } from '../signing-keys.ts';
import { databaseName, storedCheckpoints, streamEnds } from './chain-rows.ts';
import { type Checkpoint, isSignedBy, signCheckpoint } from './checkpoint.ts';
import { checkpointFolder, type FiledCheckpoints, fileCheckpoints, readCheckpoints } from './checkpoint-files.ts';

const checkpointAudit = job({
  name: 'audit.checkpoint',
  summary: 'Signs how far each chain of the audit has come, in the database and outside of it',
  payload: z.object({}),
  everyMs: 3_600_000,
});

interface Deps {
  config: Pick<Config, 'signingKey' | 'dataDir'>;
  database: Database;
  clock: Clock;
}

/** What one filing takes at most; the rest is for the next hour. */
const FILE_LIMIT = 10_000;

/** Makes the hourly checkpoints. A turn that is killed between database and file is completed by the next. */
export const checkpointAuditJob = ({ config, database, clock }: Deps): JobHandler =>
  jobHandler({
    contract: checkpointAudit,
    run: async () => {
      const keys = await readSigningKeys(config.signingKey);
      await storeCheckpoints(database, keys[0]);
      await fileMissing(database, { keys, folder: checkpointFolder(config.dataDir), now: clock.now() });
    },
  });

/** Signs and stores the end of every chain that has grown. @returns how many */
export const storeCheckpoints = async (database: Database, key: SigningKey): Promise<number> => {
  const grown = await database.$queryRaw<{ stream: string; seq: bigint; rowHash: Uint8Array }[]>`
    SELECT stream, seq, row_hash AS "rowHash" FROM audit_streams
    WHERE stream <> 'earlier' AND seq > (
      SELECT coalesce(max(audit_checkpoints.seq), 0) FROM audit_checkpoints WHERE audit_checkpoints.stream = audit_streams.stream)`;
  for (const end of grown) {
    const { stream, seq, rowHash, keyId, signature } = await signCheckpoint(key, end);
    await database.$executeRaw`
      INSERT INTO audit_checkpoints (stream, seq, row_hash, key_id, signature)
      VALUES (${stream}, ${seq}, ${rowHash}, ${keyId}, ${signature}) ON CONFLICT DO NOTHING`;
  }
  return grown.length;
};

interface Filing {
  keys: readonly SigningKey[];
  folder: string;
  now: Date;
}

/**
 * Copies checkpoints that the files of this process do not have yet. Only what a known key signed is copied: the files
 * must not learn anything from a database that was tampered with.
 */
export const fileMissing = async (database: Database, { keys, folder, now }: Filing): Promise<void> => {
  const name = await databaseName(database);
  const filed = await readCheckpoints(folder, name);
  const missing: Checkpoint[] = [];
  for (const { stream } of await streamEnds(database)) {
    const limit = FILE_LIMIT - missing.length;
    const after = await storedCheckpoints(database, { stream, afterSeq: lastFiled(filed, stream), limit });
    for (const checkpoint of after) if (await isOurs(keys, checkpoint)) missing.push(checkpoint);
  }
  const known = new Set(filed.publicKeys.map(({ kid }) => kid));
  const publicKeys =
    missing.length === 0 ? [] : keys.filter(({ id }) => !known.has(id)).map(({ publicJwk }) => publicJwk);
  await fileCheckpoints(folder, { database: name, checkpoints: missing, publicKeys, now });
};

const isOurs = async (keys: readonly SigningKey[], checkpoint: Checkpoint): Promise<boolean> => {
  const key = keys.find(({ id }) => id === checkpoint.keyId);
  return key !== undefined && (await isSignedBy(key.publicKey, checkpoint));
};

const lastFiled = ({ checkpoints }: FiledCheckpoints, stream: string): bigint =>
  checkpoints.reduce((last, one) => (one.stream === stream && one.seq > last ? one.seq : last), 0n);
