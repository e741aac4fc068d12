import { ACCOUNTS_USAGE, type AccountOptions, readAccountOptions } from './account-options.ts';
import { askPassword } from './ask-password.ts';
import { deleteFile, keptOf, writeAccounts } from './rally/account-file.ts';
import { Refused } from './rally/http.ts';
import { type Admin, countAccounts, gatherSessions, removeAccounts, signInAs } from './rally/test-accounts.ts';
import { refuseUnreachable } from './reach.ts';

/** `npm run load:accounts`: accounts for load tests, made in bulk by an administrator, and their removal. */
const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
const EXIT = { good: 0, bad: 1, usage: 2 } as const;

/** Signs in as the administrator. @throws Error in one sentence */
const enter = async ({ url, email, demoPassword }: AccountOptions): Promise<Admin> => {
  const password = process.env.RALLY_PASSWORD ?? demoPassword ?? (await askPassword(email));
  return signInAs(url, email, password).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.status !== 401) throw error;
    const hint = demoPassword === undefined ? '' : ' It is not the server of this folder: name an ADMIN by --email.';
    throw new Error(`Nobody signs in to ${url} as ${email} with this password.${hint}`);
  });
};

const act = async (options: AccountOptions, admin: Admin): Promise<string> => {
  const { url, file, task } = options;
  if (task.kind === 'list') return `${await countAccounts(url, admin)} test accounts at ${url}`;
  const beganAt = performance.now();
  const seconds = () => `${((performance.now() - beganAt) / 1_000).toFixed(1)} s`;
  if (task.kind === 'remove') {
    const { removed, kept } = await removeAccounts(url, admin, say);
    deleteFile(file);
    const stayed =
      kept === 0 ? '' : `; of ${kept} an empty row stays, because money, chats of others or files stand on it`;
    return `removed ${removed} test accounts in ${seconds()}${stayed}`;
  }
  const sessions = await gatherSessions(url, admin, { count: task.count, tell: say });
  writeAccounts(file, url, sessions.map(keptOf));
  return `${sessions.length} test accounts in ${seconds()}; npm run load uses them: ${file}`;
};

const run = async (options: AccountOptions): Promise<void> => {
  await refuseUnreachable(options.url);
  const admin = await enter(options);
  say(
    await act(options, admin).catch((error: unknown) => {
      if (!(error instanceof Refused) || error.status !== 403) throw error;
      throw new Error(`${options.email} is no ADMIN at ${options.url}.`);
    }),
  );
};

const main = async (): Promise<number> => {
  let options: AccountOptions;
  try {
    options = readAccountOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${ACCOUNTS_USAGE}\n`);
    return EXIT.usage;
  }
  try {
    await run(options);
    return EXIT.good;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return EXIT.bad;
  }
};

process.exitCode = await main();
