import { setTimeout as sleep } from 'node:timers/promises';
import { isRecord } from '../../load/generator/dialects/dialect.ts';
import { Histogram } from '../../load/generator/histogram.ts';
import { ask, Session } from '../../load/generator/session.ts';
import { nodeOf } from '../targets/target.ts';

/** How one server is asked for a seat. */
export interface Counter {
  ports: number[];
  connectPacket: (session: number) => string;
  /** The call by which a session asks for a seat for one buyer; a repeat is the same call. */
  order: (session: number, buyer: number) => { name: string; inputJson: string };
}

export interface Rush {
  buyers: number;
  /** Sessions, each of which orders for as many buyers as the others. */
  sessions: number;
  /** Calls under way at most. */
  atOnce: number;
}

/** What became of a rush. Latencies in milliseconds, from the first try of a buyer until their answer. */
export interface RushResult {
  seconds: number;
  held: number;
  soldOut: number;
  /** Other answers, by code. */
  others: Record<string, number>;
  /** Tries that were refused with a time to come back. */
  retries: number;
  bookingIds: string[];
  p50Ms: number;
  p99Ms: number;
  soldOutP99Ms: number;
}

/** Every buyer asks for a seat until told yes or no. */
export async function rush(counter: Counter, { buyers, sessions, atOnce }: Rush): Promise<RushResult> {
  const opened = await openAll(counter, sessions);
  const tally: Tally = { held: [], soldOut: 0, others: {}, retries: 0, all: new Histogram(), refused: new Histogram() };
  // One line for all lanes: whoever is free serves the next buyer.
  const waiting = Array.from({ length: buyers }, (_, buyer) => buyer).values();
  const serve = async (): Promise<void> => {
    for (const buyer of waiting) {
      const index = buyer % opened.length;
      const startedAt = performance.now();
      // Safe: there is one at every index below the length.
      const answer = await untilAnswered(opened[index] as Session, counter.order(index, buyer), tally);
      note(tally, answer, performance.now() - startedAt);
    }
  };
  try {
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: atOnce }, serve));
    return {
      seconds: (performance.now() - startedAt) / 1_000,
      held: tally.held.length,
      soldOut: tally.soldOut,
      others: tally.others,
      retries: tally.retries,
      bookingIds: tally.held,
      p50Ms: tally.all.percentile(0.5),
      p99Ms: tally.all.percentile(0.99),
      soldOutP99Ms: tally.refused.percentile(0.99),
    };
  } finally {
    for (const session of opened) session.close();
  }
}

interface Tally extends Pick<RushResult, 'soldOut' | 'others' | 'retries'> {
  /** Ids of bookings. */
  held: string[];
  all: Histogram;
  refused: Histogram;
}

const note = (tally: Tally, { id, code = '' }: { id?: string; code?: string }, tookMs: number): void => {
  tally.all.record(tookMs);
  if (id !== undefined) {
    tally.held.push(id);
  } else if (code === 'SOLD_OUT') {
    tally.soldOut += 1;
    tally.refused.record(tookMs);
  } else {
    tally.others[code] = (tally.others[code] ?? 0) + 1;
  }
};

const openAll = async ({ ports, connectPacket }: Counter, count: number): Promise<Session[]> => {
  const sessions: Session[] = [];
  for (let session = 0; session < count; session += 1) {
    const address = { host: '127.0.0.1', port: ports[nodeOf(session)] ?? 0 };
    sessions.push(await Session.open({ address, connectPacket: connectPacket(session) }));
  }
  return sessions;
};

const untilAnswered = async (
  session: Session,
  { name, inputJson }: { name: string; inputJson: string },
  tally: Pick<Tally, 'retries'>,
): Promise<{ id?: string; code?: string }> => {
  for (;;) {
    const answer = await ask(session, name, inputJson);
    if (!isRecord(answer)) return { code: 'NO_ANSWER' };
    if (answer.ok === true && isRecord(answer.data)) return { id: String(answer.data.id) };
    const error = isRecord(answer.error) ? answer.error : {};
    if (typeof error.retryAfterMs !== 'number') return { code: String(error.code) };
    tally.retries += 1;
    await sleep(error.retryAfterMs * (0.5 + Math.random()));
  }
};
