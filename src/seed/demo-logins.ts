import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_PASSWORD, emailOf, WHO } from './people.ts';

/** How to sign in as each of the demo people. */
export const demoLogins = WHO.map((who) => ({ email: emailOf(who), password: DEMO_PASSWORD }));

/** Leaves the logins in the data folder, where `npm start` and the tests find them. */
export const writeDemoLogins = async (dataDir: string): Promise<void> => {
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, 'demo-logins.json'), `${JSON.stringify(demoLogins, null, 2)}\n`);
};
