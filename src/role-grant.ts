import { setRole } from './domains/identity/account/contract.ts';
import { grantRole } from './domains/identity/account/set-role.ts';
import type { Answer } from './kernel/execute.ts';
import { systemClock } from './platform/clock.ts';
import { runCommit } from './platform/commits/run-commit.ts';
import { type Database, openDatabase } from './platform/db/client.ts';
import { borrowPostgres } from './platform/embedded/borrow.ts';
import { dataFolder } from './platform/embedded/project-paths.ts';
import { SetupError } from './platform/embedded/setup-error.ts';
import { newId } from './platform/ids.ts';
import { createLog } from './platform/log.ts';
import { createSealing } from './platform/sealing.ts';
import { createSubjectKeys } from './platform/subject-keys/subject-keys.ts';
import { ensureSecrets } from './start/secrets.ts';

/**
 * `npm run role:grant -- EMAIL ROLE`: gives an account a role, at DATABASE_URL or the embedded database. It makes the first
 * administrator, who appoints the others by `account.setRole`; it is audited like that, with nobody as the actor.
 */
async function main(): Promise<void> {
  const [email = '', wanted] = process.argv.slice(2);
  const { role } = setRole.input.shape;
  const parsed = role.safeParse(wanted);
  if (!parsed.success) throw new SetupError(`usage: npm run role:grant -- EMAIL ${role.options.join('|')}`);
  const borrowed = await borrowPostgres(process.env, (line) => console.log(line));
  const database = openDatabase(borrowed.url, 2);
  try {
    const userId = await idOf(database, email);
    await grant(database, { userId, role: parsed.data });
    console.log(`${email} is ${parsed.data}`);
  } finally {
    await database.$disconnect();
    await borrowed.giveBack();
  }
}

async function idOf(database: Database, email: string): Promise<string> {
  const account = await database.user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true } });
  if (!account) throw new SetupError(`nobody signs in as ${email}`);
  return account.id;
}

async function grant(database: Database, input: { userId: string; role: string }): Promise<void> {
  const keys = process.env.ENCRYPTION_KEY ?? ensureSecrets(dataFolder(process.env)).ENCRYPTION_KEY;
  const sealing = createSealing(keys);
  const parts = { database, sealing, subjectKeys: createSubjectKeys(keys, sealing), log: createLog('warn') };
  const origin = { carrier: 'internal', address: '', agent: 'role:grant' } as const;
  const call = { actor: null, origin, requestId: newId(), now: systemClock.now() };
  const { sealed } = await runCommit(parts, grantRole(), { id: newId(), operation: setRole.name, input, call });
  const answer = JSON.parse(sealing.open(sealed)) as Answer;
  if (!answer.ok) throw new SetupError(answer.error.message);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
