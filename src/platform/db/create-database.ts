import pg from 'pg';

/** SQLSTATE codes (PostgreSQL, appendix A). */
const NO_SUCH_DATABASE = '3D000';
const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';

/**
 * Connects to the database of a URL, creating it if its server does not have it.
 * @returns an open connection, to be ended by the caller
 */
export async function connectCreating(databaseUrl: string): Promise<pg.Client> {
  try {
    return await connect(databaseUrl);
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_DATABASE) throw error;
  }
  await createDatabase(databaseUrl);
  return connect(databaseUrl);
}

async function createDatabase(databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl);
  const name = decodeURIComponent(url.pathname.slice(1));
  url.pathname = '/postgres';
  const admin = await connect(url.href);
  try {
    await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    // Two who create it at once: the loser is told one or the other, and finds it there.
    if (codeOf(error) !== DUPLICATE_DATABASE && codeOf(error) !== UNIQUE_VIOLATION) throw error;
  } finally {
    await admin.end();
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  // Without a listener the loss of an idle connection would end the process; the next query reports it.
  client.on('error', () => {});
  await client.connect();
  return client;
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;
