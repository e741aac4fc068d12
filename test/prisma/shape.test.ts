import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSchema } from '../../scripts/schema-docs/parse.ts';
import { freshDatabase } from '../support/databases.ts';
import {
  isCoveredBy,
  isFullText,
  readColumns,
  readEnums,
  readForeignKeys,
  readGenerated,
  readIndexes,
  readTables,
} from './catalogue.ts';

/** What the running database must show; tables of the engine and of the stage are counted apart. */
const PRODUCT_TABLES = {
  user: 8,
  event: 11,
  payment: 10,
  social: 13,
  review: 4,
  notification: 5,
  gamification: 11,
  safety: 10,
  admin: 13,
};

const { files, models } = readSchema('prisma/schema');
let sql: pg.Client;

beforeAll(async () => {
  sql = new pg.Client({ connectionString: await freshDatabase() });
  await sql.connect();
});

afterAll(() => sql.end());

test('the schema lies in the files it is known by, and each holds its tables', () => {
  const sections = Object.keys(PRODUCT_TABLES);
  expect(files).toEqual(['schema', 'enums', 'engine', 'live', ...sections].sort());
  const counted = sections.map((file) => [file, models.filter((model) => model.file === file).length]);
  expect(Object.fromEntries(counted)).toEqual(PRODUCT_TABLES);
});

test('the database has exactly the tables of the schema: 85 of the product, the engine’s and the stage’s', async () => {
  expect(await readTables(sql)).toEqual(models.map(({ table }) => table).sort());
  expect(models.filter(({ file }) => file !== 'engine' && file !== 'live')).toHaveLength(85);
});

test('there are a hundred enums or more, and a column for each', async () => {
  const enums = await readEnums(sql);
  expect(enums.length).toBeGreaterThanOrEqual(100);
  expect(enums.filter(({ columns }) => columns.length === 0)).toEqual([]);
});

test('there are 300 indexes or more, and none does what another does already', async () => {
  const indexes = await readIndexes(sql);
  expect(indexes.length).toBeGreaterThanOrEqual(300);
  const redundant = indexes.flatMap((shorter) =>
    indexes.filter((longer) => isCoveredBy(shorter, longer)).map((longer) => `${shorter.name} by ${longer.name}`),
  );
  expect(redundant).toEqual([]);
});

test('there are 150 foreign keys or more, each with an index that begins with it', async () => {
  const [keys, indexes] = [await readForeignKeys(sql), await readIndexes(sql)];
  expect(keys.length).toBeGreaterThanOrEqual(150);
  const unindexed = keys.filter(
    ({ table, columns }) =>
      !indexes.some(
        (index) =>
          index.table === table &&
          index.method === 'btree' &&
          index.predicate === '' &&
          columns.every((column) =>
            index.columns.slice(0, columns.length).some((part) => part.split(' ')[0] === column),
          ),
      ),
  );
  expect(unindexed.map(({ name }) => name)).toEqual([]);
});

test('there are ten full-text indexes or more over weighted vectors without accents, and trigrams for names and titles', async () => {
  const [indexes, generated] = [await readIndexes(sql), await readGenerated(sql)];
  const stored = indexes.filter((index) => isFullText(index) && generated.has(`${index.table}.search`));
  expect(stored.length).toBeGreaterThanOrEqual(10);
  for (const { table } of stored) expect(generated.get(`${table}.search`)).toMatch(/setweight.*search_document/s);
  const trigrams = (await sql.query(`SELECT indexdef FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'`)).rows;
  const searched = trigrams.map(({ indexdef }) => /ON public\.(\w+)/.exec(indexdef)?.[1]);
  expect(searched).toEqual(expect.arrayContaining(['events', 'users', 'profiles', 'chats', 'event_participants']));
});

const MONEY_NAME =
  /(^|_)(amount|price|posted|subtotal|total_amount|net|fee|commission|tax|balance_after|pending_debit|pending_credit|spend_limit|price_paid)($|_amount$)/;
/** Points are not money. */
const POINTS = new Set(['user_points.amount']);

test('every column of money is a whole number of minor units beside its currency', async () => {
  const columns = await readColumns(sql);
  const named = columns.filter(({ name, table }) => MONEY_NAME.test(name) && !POINTS.has(`${table}.${name}`));
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter(({ type }) => type !== 'bigint')).toEqual([]);
  const withCurrency = new Set(columns.filter(({ name }) => name === 'currency').map(({ table }) => table));
  expect(named.filter(({ table }) => !withCurrency.has(table))).toEqual([]);
});

test('what the schema calls minor units is found by its name, and the other way round', async () => {
  const said = models.flatMap(({ table, fields }) =>
    fields.filter(({ comment }) => /minor units/i.test(comment)).map(({ column }) => `${table}.${column}`),
  );
  const named = (await readColumns(sql)).filter(({ name }) => MONEY_NAME.test(name));
  const names = named.map(({ table, name }) => `${table}.${name}`).filter((name) => !POINTS.has(name));
  const onlySometimesMoney = ['dashboard_stats.currency', 'currencies.exponent'];
  expect(names.filter((name) => !said.includes(name))).toEqual([]);
  expect(said.filter((name) => !names.includes(name) && !onlySometimesMoney.includes(name))).toEqual([]);
});

test('ids are UUIDs and times are instants with milliseconds', async () => {
  const columns = await readColumns(sql);
  expect(columns.filter(({ name, type }) => name === 'id' && type !== 'uuid')).toEqual([]);
  const times = columns.filter(({ name }) => /_(at|date)$/.test(name) && name !== 'report_date');
  expect(times.filter(({ type }) => type !== 'timestamp(3) with time zone')).toEqual([]);
});

const KEPT_FOR_EVER = [
  'payments',
  'refunds',
  'payouts',
  'ledger_accounts',
  'reports',
  'moderation_actions',
  'bookings',
];

test('nothing cascades from a person or an event into money, reports or the audit', async () => {
  const keys = await readForeignKeys(sql);
  const fromKept = keys.filter(({ table }) => KEPT_FOR_EVER.includes(table));
  expect(fromKept.length).toBeGreaterThan(20);
  expect(fromKept.filter(({ onDelete }) => onDelete !== 'RESTRICT')).toEqual([]);
  expect(keys.filter(({ table }) => table === 'audit_logs')).toEqual([]);
});

test('every model says what it is for', () => {
  expect(models.filter(({ comment }) => comment === '')).toEqual([]);
});
