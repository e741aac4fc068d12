import { execFileSync } from 'node:child_process';
import type { TestProject } from 'vitest/node';
import { SHORT_LIVED } from './short-lived.ts';
import { SERVERS_VARIABLE, startTestServers, type TestServers } from './test-servers.ts';

declare module 'vitest' {
  export interface ProvidedContext extends TestServers {}
}

/** Gives the run its own PostgreSQL and Redis, and takes them away again; or those it is told to use. Bundles the build. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  execFileSync(process.execPath, ['scripts/bundle.mjs', ...SHORT_LIVED], { stdio: 'inherit' });
  const given = process.env[SERVERS_VARIABLE];
  if (given !== undefined) {
    // Safe: written by test/mutants/run.ts.
    provide(project, JSON.parse(given) as TestServers);
    return async () => {};
  }
  const { stop, ...servers } = await startTestServers(project.vitest.config.maxWorkers);
  provide(project, servers);
  return stop;
}

function provide(project: TestProject, { runFolder, templateDatabaseUrl, redisUrls }: TestServers): void {
  project.provide('runFolder', runFolder);
  project.provide('templateDatabaseUrl', templateDatabaseUrl);
  project.provide('redisUrls', redisUrls);
}
