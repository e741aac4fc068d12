import { join } from 'node:path';
import { mergeConfig } from 'vitest/config';
import configured from '../../vitest.config.ts';
import { SHORT_LIVED } from '../support/short-lived.ts';
import { SERVERS_VARIABLE, type TestServers } from '../support/test-servers.ts';

// Safe: `trial.ts` wrote it.
const { runFolder } = JSON.parse(process.env[SERVERS_VARIABLE] ?? '{"runFolder":"."}') as TestServers;

/** Short runs take most of their time to compile, all but one file as the run before did: what comes of it is kept. */
export default mergeConfig(configured, {
  test: {
    execArgv: SHORT_LIVED,
    experimental: { fsModuleCache: true, fsModuleCachePath: join(runFolder, 'compiled') },
  },
});
