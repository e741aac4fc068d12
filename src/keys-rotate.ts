import { parseArgs } from 'node:util';
import { systemClock } from './platform/clock.ts';
import { openDatabase } from './platform/db/client.ts';
import { borrowPostgres } from './platform/embedded/borrow.ts';
import { dataFolder } from './platform/embedded/project-paths.ts';
import { SetupError } from './platform/embedded/setup-error.ts';
import { createSealing } from './platform/sealing.ts';
import { reencryptFields } from './platform/subject-keys/reencrypt.ts';
import { renewKeys, rewrapKeys } from './platform/subject-keys/rewrap.ts';
import { createSubjectKeys } from './platform/subject-keys/subject-keys.ts';
import { ensureSecrets } from './start/secrets.ts';

const DAY_MS = 24 * 3_600_000;

const onProgress = (line: string): void => console.log(line);

/**
 * `npm run keys:rotate [-- --renew-older-than DAYS]`: brings everything that is stored to the first key of ENCRYPTION_KEY,
 * and people whose data key is older than so many days to a new one. May be killed and run again.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'renew-older-than': { type: 'string' } } });
  const madeBefore = readDays(values['renew-older-than']);
  const keys = process.env.ENCRYPTION_KEY ?? ensureSecrets(dataFolder(process.env)).ENCRYPTION_KEY;
  const sealing = createSealing(keys);
  const borrowed = await borrowPostgres(process.env, onProgress);
  const database = openDatabase(borrowed.url, 4);
  try {
    const wrapped = await rewrapKeys(database, sealing, (done) => onProgress(`${done} data keys wrapped`));
    if (madeBefore !== null) {
      const tell = (done: number): void => onProgress(`${done} people with a new data key`);
      await renewKeys(database, sealing, { madeBefore, onProgress: tell });
    }
    const subjectKeys = createSubjectKeys(keys, sealing);
    const { replaced, left } = await reencryptFields({ database, sealing, subjectKeys, onProgress });
    onProgress(`key ${sealing.keyId}: ${wrapped} data keys wrapped, ${replaced} values replaced, ${left} left`);
    if (left > 0) process.exitCode = 1;
  } finally {
    await database.$disconnect();
    await borrowed.giveBack();
  }
}

/** The moment so many days ago. */
function readDays(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const days = Number(text);
  if (Number.isInteger(days) && days >= 0 && days <= 36_500)
    return new Date(systemClock.now().getTime() - days * DAY_MS);
  throw new SetupError('--renew-older-than takes a whole number of days');
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
