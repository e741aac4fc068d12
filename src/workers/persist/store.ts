import type { RoomHandler } from '../../kernel/domain.ts';
import { boundTransaction } from '../../platform/db/bound-transaction.ts';
import type { Database, Transaction } from '../../platform/db/client.ts';
import { newId } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { faultOf } from './fault.ts';
import { letterOf } from './letter.ts';
import type { TakenRoom } from './partition.ts';

/**
 * PostgreSQL ends what takes longer. A worker that is paused in the middle of a transaction holds its rows no longer than
 * this, and nobody waits for a row that somebody else holds longer than that.
 */
const BOUNDS = { timeoutMs: 3_000, maxWaitMs: 4_000 };

export interface StoreParts {
  database: Database;
  rooms: ReadonlyMap<string, RoomHandler<Transaction>>;
  logger: Log;
  metrics: Metrics;
}

/** Why a room is not stored although others are. */
export interface StuckRoom {
  room: TakenRoom;
  error: unknown;
}

/** Stores taken rooms. @returns those that could not be stored while others could @throws what stops the storing of all */
export type Store = (rooms: TakenRoom[]) => Promise<StuckRoom[]>;

/** Stores rooms together, or else by partition, by room, by entry: what cannot be stored stops only itself. */
export const createStore = ({ database, rooms, logger, metrics }: StoreParts): Store => {
  const persist = (batch: TakenRoom[]): Promise<void> =>
    boundTransaction(
      database,
      async (tx) => {
        for (const [kind, handler] of rooms) {
          const own = batch.filter((room) => room.kind === kind && room.entries.length > 0);
          if (own.length > 0) await handler.persist?.(tx, own);
        }
      },
      BOUNDS,
    );

  const putAside = async (room: TakenRoom, error: unknown): Promise<void> => {
    const [entry] = room.entries;
    if (!entry) return;
    metrics.deadLetters.inc();
    logger.error({ room: room.room, seq: entry.seq, err: error }, 'an entry could not be stored and was put aside');
    const data = { id: newId(), ...letterOf(room, entry), error: String(error).slice(0, 2_000) };
    await database.deadLetter.createMany({ data: [data], skipDuplicates: true });
  };

  const storeSingly = async (room: TakenRoom): Promise<void> => {
    for (const entry of room.entries) {
      const single = { ...room, entries: [entry] };
      await persist([single]).catch((error: unknown) => {
        if (faultOf(error) !== 'entry') throw error;
        return putAside(single, error);
      });
    }
  };

  const storeRoom = async (room: TakenRoom): Promise<StuckRoom[]> => {
    try {
      await persist([room]).catch((error: unknown) => {
        if (faultOf(error) !== 'entry') throw error;
        return storeSingly(room);
      });
      return [];
    } catch (error) {
      if (faultOf(error) === 'system') throw error;
      return [{ room, error }];
    }
  };

  /** Stores parts of what could not be stored as a whole, each on its own. */
  const storeParts = async (parts: TakenRoom[][], storePart: Store): Promise<StuckRoom[]> => {
    const stuck: StuckRoom[] = [];
    for (const part of parts) stuck.push(...(await storePart(part)));
    return stuck;
  };

  const storeTogether = async (batch: TakenRoom[], splitting: () => Promise<StuckRoom[]>): Promise<StuckRoom[]> => {
    try {
      await persist(batch);
      return [];
    } catch (error) {
      if (faultOf(error) === 'system') throw error;
      return splitting();
    }
  };

  const storePartition: Store = (batch) => {
    const byRoom = () =>
      storeParts(
        batch.map((room) => [room]),
        ([room]) => (room ? storeRoom(room) : Promise.resolve([])),
      );
    return batch.length === 1 ? byRoom() : storeTogether(batch, byRoom);
  };

  return (batch) => {
    const numbers = new Set(batch.map(({ partition }) => partition));
    const partitions = [...numbers].map((number) => batch.filter(({ partition }) => partition === number));
    if (partitions.length === 1) return storePartition(batch);
    return storeTogether(batch, () => storeParts(partitions, storePartition));
  };
};
