import type { RoomHandler } from '../../kernel/domain.ts';
import type { Database, Transaction } from '../../platform/db/client.ts';
import { newId } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { isDataError } from './data-error.ts';
import type { TakenRoom } from './partition.ts';

/** Below the lease, so that a stalled transaction cannot outlive it. */
const TRANSACTION_TIMEOUT_MS = 4_000;

export interface StoreParts {
  database: Database;
  rooms: ReadonlyMap<string, RoomHandler<Transaction>>;
  logger: Log;
  metrics: Metrics;
}

/** Stores taken rooms: together, or else room by room, or else entry by entry with what cannot be stored put aside. */
export const createStore = ({ database, rooms, logger, metrics }: StoreParts) => {
  const persist = (batch: TakenRoom[]): Promise<void> =>
    database.$transaction(
      async (tx) => {
        for (const [kind, handler] of rooms) {
          const own = batch.filter((room) => room.kind === kind && room.entries.length > 0);
          if (own.length > 0) await handler.persist?.(tx, own);
        }
      },
      { timeout: TRANSACTION_TIMEOUT_MS, maxWait: TRANSACTION_TIMEOUT_MS },
    );

  const putAside = async (room: TakenRoom, error: unknown): Promise<void> => {
    const [entry] = room.entries;
    if (!entry) return;
    metrics.deadLetters.inc();
    logger.error({ room: room.room, seq: entry.seq, err: error }, 'an entry could not be stored and was put aside');
    const reference = `${room.room}#${room.epoch}#${entry.seq}`;
    const letter = { source: 'room', reference, error: String(error).slice(0, 2_000) };
    const payload = JSON.parse(JSON.stringify(entry)) as object;
    await database.deadLetter.createMany({ data: [{ id: newId(), ...letter, payload }], skipDuplicates: true });
  };

  const persistSingly = async (room: TakenRoom): Promise<void> => {
    for (const entry of room.entries) {
      const single = { ...room, entries: [entry] };
      await persist([single]).catch((error: unknown) => {
        if (!isDataError(error)) throw error;
        return putAside(single, error);
      });
    }
  };

  /** @throws when PostgreSQL cannot be reached; nothing is lost, the rooms stay dirty */
  return async (batch: TakenRoom[]): Promise<void> => {
    try {
      await persist(batch);
      return;
    } catch (error) {
      if (!isDataError(error)) throw error;
    }
    for (const room of batch) {
      await persist([room]).catch((error: unknown) => {
        if (!isDataError(error)) throw error;
        return persistSingly(room);
      });
    }
  };
};
