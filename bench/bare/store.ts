import pg from 'pg';

/** What a client sends and what every member of the room gets. */
export interface ChatMessage {
  room: string;
  clientId: string;
  body: string;
}

/** Puts messages into Postgres. */
export interface Store {
  /** Returns once the message is committed. */
  insert(message: ChatMessage): Promise<void>;
}

const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS message (
    client_id uuid PRIMARY KEY,
    room text NOT NULL,
    body text NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now()
  )`;
const INSERT = 'INSERT INTO message (client_id, room, body) VALUES ($1, $2, $3)';
const CONNECTIONS = 10;
/** Any number that the nodes share: they start at the same moment and must not both create the table. */
const CREATE_LOCK = 4_210_217;

/** Opens the pool and makes sure that the table is there. The statement is prepared once per connection. */
export async function openStore(connectionString: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS });
  await pool.query(`BEGIN; SELECT pg_advisory_xact_lock(${CREATE_LOCK}); ${CREATE_TABLE}; COMMIT`);
  return {
    async insert({ clientId, room, body }) {
      await pool.query({ name: 'insert-message', text: INSERT, values: [clientId, room, body] });
    },
  };
}
