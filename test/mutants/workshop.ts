import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/platform/db/migrate.ts';
import { startTestServers, type TestServers } from '../support/test-servers.ts';
import { copyCheckout } from './copy-checkout.ts';

/** A copy of the checkout to change, and servers that its test runs share. */
export interface Workshop {
  /** The copy. The checkout itself is never touched. */
  folder: string;
  servers: TestServers;
  /** Servers whose databases have the schema of the copy's migrations as they stand now. */
  withOwnSchema: (name: string) => Promise<TestServers>;
  /** Drops the databases of the test run that has just ended. */
  tidy: () => Promise<void>;
  /** Stops the servers and removes the copy. */
  close: () => Promise<void>;
}

const dropTestDatabases = async (templateDatabaseUrl: string): Promise<void> => {
  const url = new URL(templateDatabaseUrl);
  url.pathname = '/postgres';
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE datname LIKE 'test\\_%'",
    );
    for (const { name } of rows) await admin.query(`DROP DATABASE ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  } finally {
    await admin.end();
  }
};

/** Starts the servers and makes the copy: some seconds. */
export const openWorkshop = async (): Promise<Workshop> => {
  const { stop, ...servers } = await startTestServers(1);
  // Inside the run's folder: what a killed run leaves behind, the next one sweeps.
  const folder = join(servers.runFolder, 'checkout');
  try {
    copyCheckout(folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    folder,
    servers,
    withOwnSchema: async (name) => {
      const template = new URL(servers.templateDatabaseUrl);
      template.pathname = `/test_schema_${name.replaceAll('-', '_')}`;
      await migrate({ databaseUrl: template.href, migrationsDir: join(folder, 'prisma/migrations') });
      return { ...servers, templateDatabaseUrl: template.href };
    },
    tidy: () => dropTestDatabases(servers.templateDatabaseUrl),
    close: stop,
  };
};
