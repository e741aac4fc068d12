#!/usr/bin/env node
// Stand-in for Prisma's native schema-engine: same argv, same JSON-RPC over stdio, WASM inside.
import { readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';

const { values: opt, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datasource: { type: 'string', short: 'd' },
    datamodels: { type: 'string', multiple: true },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
    version: { type: 'boolean', short: 'V' },
  },
});
if (opt.version) {
  console.log('schema-engine-cli wasm-shim');
  process.exit(0);
}
const urls = opt.datasource ? JSON.parse(opt.datasource) : {};
const dbUrl = () => {
  if (!urls.url) throw Object.assign(new Error('No datasource.url in prisma.config.ts'), { code: 'P1013' });
  return urls.url;
};

// `schema-engine cli can-connect-to-database | create-database | drop-database`
if (positionals[0] === 'cli') {
  const target = new URL(dbUrl());
  const name = decodeURIComponent(target.pathname.slice(1)) || 'postgres';
  const admin = new URL(target);
  if (positionals[1] !== 'can-connect-to-database') admin.pathname = '/postgres';
  const client = new pg.Client({ connectionString: admin.href });
  try {
    await client.connect();
    const ident = '"' + name.replaceAll('"', '""') + '"';
    if (positionals[1] === 'create-database') await client.query(`CREATE DATABASE ${ident}`);
    if (positionals[1] === 'drop-database') await client.query(`DROP DATABASE IF EXISTS ${ident} WITH (FORCE)`);
    await client.end();
    process.exit(0);
  } catch (e) {
    const code = e.code === '3D000' ? 'P1003' : e.code === 'ECONNREFUSED' ? 'P1001' : e.code === '28P01' ? 'P1000' : 'P1017';
    writeSync(2, '\n' + JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields: { error_code: code, message: e.message || String(e.code) } }));
    process.exit(1);
  }
}

const bgUrl = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
const wasmPath = fileURLToPath(new URL('./schema_engine_bg.wasm', bgUrl));
const { instance } = await WebAssembly.instantiate(readFileSync(wasmPath), { './schema_engine_bg.js': glue });
glue.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (m) => (writeSync(2, JSON.stringify({ level: 'ERROR', fields: { message: m } }) + '\n'), process.exit(101)) };

// adapter-pg is made for queries, not for migrations: teach it the catalogue's types …
const CHAR = 18; // "char": must reach the engine as Character, or CHECK/EXCLUDE constraints make it panic
const AS_TEXT = new Set([CHAR, 22, 24, 30, 194, 2202, 2205, 2206]); // int2vector, regproc, oidvector, pg_node_tree, reg*
// … and keep PostgreSQL 18's NOT NULL rows (contype 'n') out of the describer, which panics on them
const patchSql = (sql) => sql.replace("contype NOT IN ('p', 'u', 'f')", "contype IN ('c', 'x')");
class Factory {
  provider = 'postgres';
  adapterName = '@prisma/adapter-pg';
  opened = [];
  async open(url, onDispose) {
    const pool = new pg.Pool({ connectionString: url, max: 1 }); // one session: SET, temp objects and locks persist
    const conn = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
    const performIO = conn.performIO.bind(conn);
    const queryRaw = conn.queryRaw.bind(conn);
    const chars = new WeakMap();
    conn.performIO = async (q) => {
      const res = await performIO({ ...q, sql: patchSql(q.sql) });
      chars.set(q, res.fields?.map((f) => f.dataTypeID === CHAR));
      for (const f of res.fields ?? []) if (AS_TEXT.has(f.dataTypeID)) f.dataTypeID = 25;
      return res;
    };
    conn.queryRaw = async (q) => {
      const out = await queryRaw(q);
      chars.get(q)?.forEach((yes, i) => yes && (out.columnTypes[i] = ColumnTypeEnum.Character));
      return out;
    };
    // simple protocol, whole script: the stock one splits on ';' and so breaks $$ bodies
    conn.executeScript = (script) => pool.query(script).then(() => undefined, (e) => conn.onError(e));
    const dispose = conn.dispose.bind(conn);
    let closed;
    conn.dispose = () => (closed ??= dispose().then(() => onDispose?.()));
    this.opened.push(conn);
    return conn;
  }
  connect() {
    return this.open(dbUrl());
  }
  async connectToShadowDb() {
    if (urls.shadowDatabaseUrl) {
      return this.open(urls.shadowDatabaseUrl);
    }
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const target = new URL(dbUrl());
    target.pathname = `/${name}`;
    const admin = async (sql) => {
      const c = new pg.Client({ connectionString: dbUrl() });
      await c.connect();
      await c.query(sql).finally(() => c.end());
    };
    await admin(`CREATE DATABASE "${name}"`);
    return this.open(target.href, () => admin(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
  }
}

// a fresh engine per call: an engine gives its shadow-database factory away on first use
const withEngine = async (fn) => {
  const factory = new Factory();
  const engine = await glue.SchemaEngine.new(
    { datamodels: opt.datamodels?.map((p) => [p, readFileSync(p, 'utf8')]) },
    (log) => process.env.DEBUG && writeSync(2, log + '\n'),
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await fn(engine);
  } finally {
    engine.free();
    await Promise.all(factory.opened.map((c) => c.dispose())); // or the session's advisory lock blocks our next call for 10 s
  }
};
const send = (m) => writeSync(1, JSON.stringify({ jsonrpc: '2.0', ...m }) + '\n');
// `diff` honours preview features (partialIndexes …) on both sides, createMigration does not: build on diff
const pending = (p) =>
  withEngine((e) =>
    e.diff({ from: { tag: 'migrations', ...p.migrationsList }, to: { tag: 'schemaDatamodel', ...p.schema }, script: true, exitCode: true, filters: p.filters }),
  );
const SQL_TYPES = { bool: 'bool', bytea: 'bytes', int2: 'int', int4: 'int', oid: 'int', int8: 'bigint', float4: 'float', float8: 'double', numeric: 'decimal', json: 'json', jsonb: 'json', uuid: 'uuid', date: 'date', time: 'time', timetz: 'time', timestamp: 'datetime', timestamptz: 'datetime', char: 'char', xml: 'xml' };
async function describeSql(client, { name, source }) {
  const [params, fields] = await new Promise((resolve, reject) => {
    let oids = [];
    let row = [];
    let failed = false;
    client.query({
      // pg's "submittable" protocol
      submit(con) {
        con.once('parameterDescription', (m) => (oids = m.dataTypeIDs));
        con.parse({ name: '', text: source, types: [] });
        con.describe({ type: 'S', name: '' });
        con.sync();
      },
      handleRowDescription: (m) => (row = m.fields),
      handleError: (e) => ((failed = true), reject(Object.assign(new Error(`${name}: ${e.message}`), { code: e.code }))),
      handleReadyForQuery: () => failed || resolve([oids, row]),
      handleDataRow() {}, handleCommandComplete() {}, handleEmptyQuery() {}, handlePortalSuspended() {}, handleCopyInResponse() {}, handleCopyData() {},
    });
  });
  const oids = [...new Set([...params, ...fields.map((f) => f.dataTypeID)])];
  const types = new Map((await client.query('SELECT oid::int, typname, typtype, typelem::regtype::text AS elem FROM pg_type WHERE oid = ANY($1)', [oids])).rows.map((t) => [t.oid, t]));
  const nulls = new Map((await client.query("SELECT attrelid::int || '.' || attnum AS k, attnotnull FROM pg_attribute WHERE attrelid = ANY($1)", [[...new Set(fields.map((f) => f.tableID).filter(Boolean))]])).rows.map((r) => [r.k, !r.attnotnull]));
  const typ = (oid) => {
    const t = types.get(oid);
    if (!t) return 'unknown';
    if (t.typname.startsWith('_')) return `${SQL_TYPES[t.typname.slice(1)] ?? 'string'}-array`;
    return t.typtype === 'e' ? t.typname : (SQL_TYPES[t.typname] ?? 'string');
  };
  const docs = [...source.matchAll(/^--[ \t]*@param[ \t]+(?:\{(\w+)(\?)?\}[ \t]+)?\$(\d+)(?::(\w+))?[ \t]*(.*)$/gm)];
  return {
    name,
    source,
    documentation: null,
    parameters: params.map((oid, i) => {
      const d = docs.find((m) => Number(m[3]) === i + 1);
      return { name: d?.[4] ?? `_${i + 1}`, typ: typ(oid), documentation: d?.[5] || null, nullable: d?.[2] === '?' };
    }),
    resultColumns: fields.map((f) => ({ name: f.name, typ: typ(f.dataTypeID), nullable: nulls.get(`${f.tableID}.${f.columnID}`) ?? true })),
  };
}
let seq = 1_000_000;
const methods = {
  getDatabaseVersion: (p) => withEngine(async (e) => ({ version: await e.version(p) })),
  evaluateDataLoss: async (p) => {
    // the WASM one dies with "PostgreSQL shadow DB must be provided through an external factory"
    const { exitCode, stdout } = await pending(p);
    const lossy = (stdout ?? '').split('\n').filter((l) => /\bDROP (TABLE|COLUMN|TYPE)\b/.test(l));
    return {
      migrationSteps: exitCode === 0 ? 0 : 1,
      unexecutableSteps: [],
      warnings: lossy.map((l, stepIndex) => ({ message: `Possible data loss: ${l.trim()}`, stepIndex })),
    };
  },
  createMigration: async (p) => {
    const { exitCode, stdout } = await pending(p);
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    return {
      connectorType: 'postgresql',
      extension: 'sql',
      generatedMigrationName: p.migrationName ? `${stamp}_${p.migrationName}` : stamp,
      migrationScript: exitCode !== 0 ? stdout : p.draft ? '-- This is an empty migration.' : null,
    };
  },
  // the WASM one recurses for ever ("Maximum call stack size exceeded"): ask the server with Parse + Describe
  introspectSql: async (p) => {
    const client = new pg.Client({ connectionString: p.url ?? dbUrl() });
    await client.connect();
    try {
      const queries = [];
      for (const q of p.queries) queries.push(await describeSql(client, q));
      return { queries };
    } finally {
      await client.end();
    }
  },
  schemaPush: async (p) => {
    const { exitCode, stdout } = await withEngine((e) =>
      e.diff({ from: { tag: 'schemaDatasource', ...p.schema, configDir: process.cwd() }, to: { tag: 'schemaDatamodel', ...p.schema }, script: true, exitCode: true, filters: p.filters }),
    );
    if (exitCode === 0) return { executedSteps: 0, warnings: [], unexecutable: [] };
    const warnings = stdout.split('\n').filter((l) => /\bDROP (TABLE|COLUMN|TYPE)\b/.test(l));
    if (warnings.length && !p.force) return { executedSteps: 0, warnings, unexecutable: [] };
    const client = new pg.Client({ connectionString: dbUrl() });
    await client.connect();
    await client.query(stdout).finally(() => client.end());
    return { executedSteps: 1, warnings, unexecutable: [] };
  },
  diff: async (p) => {
    const res = await withEngine((e) => e.diff(p));
    if (res.stdout != null) send({ id: seq++, method: 'print', params: { content: res.stdout } });
    return res;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const { id, method, params } = JSON.parse(line);
  if (method === undefined) continue; // reply to our own "print"
  try {
    const run = methods[method] ?? ((p) => withEngine((e) => e[method](p)));
    send({ id, result: (await run(params)) ?? null });
  } catch (err) {
    const message = err.message ?? String(err);
    send({ id, error: { code: 4466, message, data: { is_panic: false, message, error_code: err.code, meta: null } } });
  }
}
process.exit(0);
