#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which no package registry carries: the same arguments and the same
// JSON-RPC over standard input and output, answered by the official WASM build of the engine.
// It serves what this project uses: `prisma validate`, `prisma generate` and `prisma migrate diff`.
import { readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** The catalogue's `"char"`; it must reach the engine as a character, or CHECK constraints stop it. */
const CHAR = 18;
/** int2vector, regproc, oidvector, pg_node_tree, regclass, regtype: types of the catalogue that the adapter refuses. */
const CATALOGUE_TYPES = new Set([CHAR, 22, 24, 30, 194, 2205, 2206]);
const TEXT = 25;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datasource: { type: 'string', short: 'd' },
    datamodels: { type: 'string', multiple: true },
    version: { type: 'boolean', short: 'V' },
  },
});

/** PostgreSQL 18 keeps NOT NULL among the constraints (`contype` n), which this engine does not know yet. */
const withoutNotNulls = (sql) => sql.replace("contype NOT IN ('p', 'u', 'f')", "contype IN ('c', 'x')");

/** A connection made for queries, taught what migrations need besides. */
async function connect(url, onClosed) {
  // One session, so that settings, locks and temporary objects persist.
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const connection = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  const performIO = connection.performIO.bind(connection);
  const queryRaw = connection.queryRaw.bind(connection);
  const dispose = connection.dispose.bind(connection);
  const charColumns = new WeakMap();
  let closed;
  connection.performIO = async (query) => {
    const result = await performIO({ ...query, sql: withoutNotNulls(query.sql) });
    charColumns.set(query, result.fields?.map((field) => field.dataTypeID === CHAR) ?? []);
    for (const field of result.fields ?? []) if (CATALOGUE_TYPES.has(field.dataTypeID)) field.dataTypeID = TEXT;
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const [index, isChar] of (charColumns.get(query) ?? []).entries()) {
      if (isChar) result.columnTypes[index] = ColumnTypeEnum.Character;
    }
    return result;
  };
  // The whole script at once: the stock way splits it at every semicolon, also inside the body of a function.
  connection.executeScript = (script) => pool.query(script).then(ignore, (error) => connection.onError(error));
  connection.dispose = () => {
    closed ??= dispose().then(onClosed);
    return closed;
  };
  return connection;
}

const ignore = () => undefined;

/** Opens the database, and an empty one beside it where migrations are tried out. */
class AdapterFactory {
  provider = 'postgres';
  adapterName = '@prisma/adapter-pg';
  connections = [];

  connect() {
    return this.#keep(connect(databaseUrl(), ignore));
  }

  async connectToShadowDb() {
    const { shadowDatabaseUrl } = datasource();
    if (shadowDatabaseUrl) return this.#keep(connect(shadowDatabaseUrl, ignore));
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    await runSql(`CREATE DATABASE "${name}"`);
    const url = Object.assign(new URL(databaseUrl()), { pathname: `/${name}` });
    return this.#keep(connect(url.href, () => runSql(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)));
  }

  /** An open session would hold the engine's advisory lock and make the next call wait. */
  async close() {
    for (const connection of this.connections) await (await connection).dispose();
  }

  #keep(connection) {
    this.connections.push(connection);
    return connection;
  }
}

const datasource = () => (options.datasource ? JSON.parse(options.datasource) : {});

function databaseUrl() {
  const { url } = datasource();
  if (!url) throw Object.assign(new Error('No datasource.url in prisma.config.ts'), { code: 'P1013' });
  return url;
}

async function runSql(sql) {
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function loadEngine() {
  const folder = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = fileURLToPath(new URL('./schema_engine_bg.wasm', folder));
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => {
      writeSync(2, `${JSON.stringify({ level: 'ERROR', fields: { message } })}\n`);
      process.exit(101);
    },
  };
}

const SERVED = new Set(['diff', 'getDatabaseVersion']);

const unserved = (what) =>
  `${what} is not served here: "npm run db:sql" prints the next migration, "npm run db:migrate" applies what is new`;

/** Calls the engine once. A new one each time: it gives its shadow database away on first use. */
async function call(method, params) {
  if (!SERVED.has(method)) throw new Error(unserved(method));
  const factory = new AdapterFactory();
  const engine = await glue.SchemaEngine.new(
    { datamodels: options.datamodels?.map((path) => [path, readFileSync(path, 'utf8')]) },
    (line) => process.env.DEBUG && writeSync(2, `${line}\n`),
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await engine[method](params);
  } finally {
    engine.free();
    await factory.close();
  }
}

const send = (message) => writeSync(1, `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

async function answer({ id, method, params }) {
  try {
    const result = (await call(method, params)) ?? null;
    if (method === 'diff' && result?.stdout != null)
      send({ id: `${id}.print`, method: 'print', params: { content: result.stdout } });
    send({ id, result });
  } catch (error) {
    const message = error.message ?? String(error);
    send({
      id,
      error: { code: 4466, message, data: { is_panic: false, message, error_code: error.code, meta: null } },
    });
  }
}

if (options.version) {
  process.stdout.write('schema-engine-cli wasm\n');
} else if (positionals[0] === 'cli') {
  // Asked by commands that create or change a database.
  const fields = { error_code: 'P1000', message: unserved(positionals[1]) };
  writeSync(2, `${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}\n`);
  process.exitCode = 1;
} else {
  await loadEngine();
  for await (const line of createInterface({ input: process.stdin })) {
    const request = line.trim() ? JSON.parse(line) : {};
    // Without a method it is the reply to our own `print`.
    if (request.method) await answer(request);
  }
}
