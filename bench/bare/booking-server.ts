import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';

/**
 * One node that sells seats the usual way: each request a transaction that locks the ticket type's row, looks, inserts
 * and commits. It writes the rows a Rally booking is made of into the same tables, and nothing else: no sign-in, no
 * idempotency, no price, no audit, no facts, no queue in between. Environment: PORT, DATABASE_URL.
 */
interface Order {
  eventId: string;
  ticketTypeId: string;
  userId: string;
}

interface Seats {
  capacity: number | null;
  held: number;
  sold: number;
  price: string;
  currency: string;
}

type Answer = { ok: true; data: { id: string } } | { ok: false; error: { code: string } };

const CONNECTIONS = 16;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS });

const LOCK = 'SELECT capacity, held, sold, price, currency FROM ticket_types WHERE id = $1 FOR UPDATE';
const INSERT_BOOKING = `
  INSERT INTO bookings (id, user_id, event_id, status, quantity, subtotal_amount, total_amount, currency, price_snapshot,
    policy_snapshot, hold_expires_at, updated_at)
  VALUES ($1, $2, $3, 'HELD', 1, $4, $4, $5, '{}', '{}', now() + interval '10 minutes', now())`;
const INSERT_HOLD = `
  INSERT INTO inventory_holds (id, event_id, ticket_type_id, booking_id, user_id, state, quantity, unit_price, currency,
    expires_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, 'HELD', 1, $6, $7, now() + interval '10 minutes', now())`;
const INSERT_ADMISSION = `
  INSERT INTO event_participants (id, event_id, booking_id, hold_id, ticket_type_id, user_id, ordinal, price_paid, currency,
    updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, now())`;
const COUNT_TYPE = 'UPDATE ticket_types SET held = held + 1 WHERE id = $1';
const COUNT_EVENT = 'UPDATE events SET held = held + 1 WHERE id = $1';

const book = async ({ eventId, ticketTypeId, userId }: Order): Promise<Answer> => {
  const client = await pool.connect();
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  try {
    await client.query('BEGIN');
    const [seats] = (await run('lock', LOCK, [ticketTypeId])).rows as Seats[];
    if (!seats || (seats.capacity !== null && seats.held + seats.sold >= seats.capacity)) {
      await client.query('ROLLBACK');
      return { ok: false, error: { code: 'SOLD_OUT' } };
    }
    const [bookingId, holdId] = [randomUUID(), randomUUID()];
    const { price, currency } = seats;
    await run('booking', INSERT_BOOKING, [bookingId, userId, eventId, price, currency]);
    await run('hold', INSERT_HOLD, [holdId, eventId, ticketTypeId, bookingId, userId, price, currency]);
    await run('admission', INSERT_ADMISSION, [
      randomUUID(),
      eventId,
      bookingId,
      holdId,
      ticketTypeId,
      userId,
      price,
      currency,
    ]);
    await run('count-type', COUNT_TYPE, [ticketTypeId]);
    await run('count-event', COUNT_EVENT, [eventId]);
    await client.query('COMMIT');
    return { ok: true, data: { id: bookingId } };
  } catch (error) {
    await client.query('ROLLBACK');
    return { ok: false, error: { code: error instanceof Error ? error.message : 'UNKNOWN' } };
  } finally {
    client.release();
  }
};

const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
io.on('connection', (socket) => {
  socket.on('book', (order: Order, ack: (answer: Answer) => void) => void book(order).then(ack));
});
http.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
