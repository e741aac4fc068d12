import pg from 'pg';

/** Counters of a sale and what they must equal. */
export interface Recount {
  eventHeld: number;
  typeHeld: number;
  rowsHeld: number;
  bookings: number;
  admissions: number;
}

const COUNT = `
  SELECT (SELECT held + sold FROM events WHERE id = $1)::int AS "eventHeld",
    (SELECT sum(held + sold) FROM ticket_types WHERE event_id = $1)::int AS "typeHeld",
    (SELECT coalesce(sum(quantity), 0) FROM inventory_holds WHERE event_id = $1 AND state IN ('HELD', 'SOLD'))::int AS "rowsHeld",
    (SELECT count(*) FROM bookings WHERE event_id = $1 AND status IN ('HELD', 'CONFIRMED'))::int AS bookings,
    (SELECT count(*) FROM event_participants WHERE event_id = $1)::int AS admissions`;

/** Counts a sale's rows by hand. */
export async function recount(databaseUrl: string, eventId: string): Promise<Recount> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(COUNT, [eventId]);
    return rows[0] as Recount; // the statement has one row of these columns
  } finally {
    await client.end();
  }
}

/** @throws Error when counters and rows differ from what the buyers were told */
export function refuseMiscount(counted: Recount, held: number): void {
  const wrong = Object.entries(counted).filter(([, count]) => count !== held);
  if (wrong.length === 0) return;
  throw new Error(
    `${held} buyers were told that they have a seat, but ${wrong.map((each) => each.join(' is ')).join(', ')}`,
  );
}
