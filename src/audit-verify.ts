import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointFolder } from './platform/audit/checkpoint-files.ts';
import { type VerifyOutcome, verifyAudit } from './platform/audit/verify-audit.ts';
import { openDatabase } from './platform/db/client.ts';
import { borrowPostgres } from './platform/embedded/borrow.ts';
import { dataFolder } from './platform/embedded/project-paths.ts';
import { SetupError } from './platform/embedded/setup-error.ts';
import { readSigningKeys } from './platform/signing-keys.ts';
import { ensureSecrets } from './start/secrets.ts';

/**
 * `npm run audit:verify`: reads the audit of DATABASE_URL, or of the embedded database, and the checkpoints in
 * RALLY_DATA_DIR; names the first row of each chain that is not as it was written, and then exits with 1.
 */
async function main(): Promise<void> {
  const dataDir = dataFolder(process.env);
  const borrowed = await borrowPostgres(process.env, (line) => console.log(line));
  const database = openDatabase(borrowed.url, 2);
  try {
    const outcome = await verifyAudit({
      database,
      folder: checkpointFolder(dataDir),
      publicKeys: await knownKeys(dataDir),
      onProgress: (line) => console.log(line),
    });
    tell(outcome);
  } finally {
    await database.$disconnect();
    await borrowed.giveBack();
  }
}

async function knownKeys(dataDir: string) {
  const isOwn = existsSync(join(dataDir, 'secrets.json'));
  const signingKey = process.env.SIGNING_KEY ?? (isOwn ? ensureSecrets(dataDir).SIGNING_KEY : undefined);
  return signingKey === undefined ? [] : (await readSigningKeys(signingKey)).map(({ publicJwk }) => publicJwk);
}

function tell({ rows, checkpoints, findings }: VerifyOutcome): void {
  for (const { stream, seq, rowId, reason } of findings) {
    const place = seq === null ? '' : ` at ${seq}`;
    console.error(`chain ${stream}${place}${rowId === null ? '' : ` (row ${rowId})`}: ${reason}`);
  }
  if (findings.length > 0) process.exitCode = 1;
  else console.log(`${rows} rows and ${checkpoints} checkpoints are as they were written`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
