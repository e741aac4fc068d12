import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createAdmin } from '../../src/domains/admin/index.ts';
import { searchEvents } from '../../src/domains/events/event/search.ts';
import { searchProfiles } from '../../src/domains/identity/profile/search.ts';
import { searchPosts } from '../../src/domains/social/post/search.ts';
import { type Answer, execute, type Runtime } from '../../src/kernel/execute.ts';
import { type Database, openDatabase } from '../../src/platform/db/client.ts';
import { newId } from '../../src/platform/ids.ts';
import { createPictureLinks } from '../../src/platform/pictures/picture-links.ts';
import { freshDatabase } from './databases.ts';

/** The searches that need nothing but PostgreSQL, on a database of their own. */
export interface SearchWorld {
  databaseUrl: string;
  database: Database;
  sql: pg.Client;
  /** Calls a search; as nobody when no viewer is named. */
  call: (operation: string, input: object, viewerId?: string) => Promise<Answer>;
  /** The page of a call that must succeed. */
  page: <Item = Found>(operation: string, input: object, viewerId?: string) => Promise<Page<Item>>;
  /** Adds a person with a profile. @returns the id */
  person: (fields?: Record<string, unknown>) => Promise<string>;
  /** Adds a row with what is given and plain values for the rest. @returns the id */
  event: (fields: Record<string, unknown>) => Promise<string>;
  post: (fields: Record<string, unknown>) => Promise<string>;
  close: () => Promise<void>;
}

export interface Found {
  id: string;
  title: string;
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  matched: string;
}

/** Nothing is limited and nothing is told. */
const RUNTIME: Runtime = {
  limit: () => {},
  commit: () => Promise.reject(new Error('searches commit nothing')),
  once: async (_contract, _input, _call, run) => ({ data: await run(), replayed: false }),
  explain: () => null,
  observe: (_contract, _call, { bug }) => {
    if (bug) throw bug;
  },
};

export const openSearchWorld = async (): Promise<SearchWorld> => {
  const databaseUrl = await freshDatabase();
  const database = openDatabase(databaseUrl, 4);
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  const pictures = createPictureLinks(randomBytes(32).toString('base64'), '');
  const ground = { replica: database, pictures };
  const handlers = [
    searchEvents(ground),
    searchProfiles(ground),
    searchPosts(ground),
    ...createAdmin(ground).operations,
  ];

  const insert = async (table: string, row: Record<string, unknown>): Promise<void> => {
    const names = Object.keys(row).map((name) => pg.escapeIdentifier(name));
    const places = names.map((_name, index) => `$${index + 1}`);
    await sql.query(`INSERT INTO ${table} (${names.join()}) VALUES (${places.join()})`, Object.values(row));
  };
  const call: SearchWorld['call'] = (operation, input, viewerId) => {
    const handler = handlers.find(({ contract }) => contract.name === operation);
    if (!handler) throw new Error(`no ${operation}`);
    const actor = viewerId === undefined ? null : { userId: viewerId, sessionId: newId(), role: 'USER' };
    const origin = { carrier: 'internal', address: '192.0.2.1', agent: 'test' } as const;
    return execute(RUNTIME, handler, input, { actor, origin, requestId: newId(), now: new Date() });
  };
  const person: SearchWorld['person'] = async (fields = {}) => {
    const {
      first_name = 'Ann',
      last_name = 'Other',
      headline = null,
      bio = null,
      visibility = 'PUBLIC',
      ...user
    } = fields;
    const id = newId();
    const name = `u${id.replaceAll('-', '').slice(-20)}`;
    await insert('users', { id, email: `${name}@example.org`, username: name, password: 'x', ...user });
    await insert('profiles', { user_id: id, first_name, last_name, headline, bio, visibility });
    return id;
  };
  const host = await person({ username: 'the_host', first_name: 'Zora', last_name: 'Quill' });

  return {
    databaseUrl,
    database,
    sql,
    call,
    page: async (operation, input, viewerId) => {
      const answer = await call(operation, input, viewerId);
      if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`);
      // Safe: the output was parsed by the operation's contract.
      return answer.data as never;
    },
    person,
    event: async (fields) => {
      const id = newId();
      const at = Date.now() + 86_400_000;
      const dates = { start_date: new Date(at), end_date: new Date(at + 366 * 86_400_000) };
      const plain = {
        id,
        slug: id,
        title: 'Untitled',
        description: 'Nothing said',
        host_id: host,
        status: 'PUBLISHED',
      };
      await insert('events', { ...plain, ...dates, ...fields });
      return id;
    },
    post: async (fields) => {
      const id = newId();
      await insert('posts', { id, author_id: host, ...fields });
      return id;
    },
    close: async () => {
      await Promise.all([database.$disconnect(), sql.end()]);
    },
  };
};
