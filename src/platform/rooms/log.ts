import type { RoomEntry } from '../../kernel/domain.ts';
import type { Script } from '../redis/script.ts';

/** Among the users of `Draft.evicts`: everybody who watches is asked again whether they may. */
export const ALL_ASKED_AGAIN = '*';
/** Among the users of `Draft.affects`: everybody's grants are loaded anew. */
export const EVERYBODY = '*';

/** How an entry is found that the log has forgotten. */
export interface LateRepeats {
  /**
   * When the id was made, in ms, null when it does not tell: of what is younger than ten minutes the log knows whether it was
   * appended, and asks nobody. A caller whose clock is ahead by more than that is asked about until its id's time has come.
   */
  madeAtMs: number | null;
  /**
   * The entry that has the id, or null when there is none.
   * @param isWaiting entries that the log has forgotten may wait to be stored
   */
  find: (isWaiting: boolean) => Promise<Pick<Appended, 'seq' | 'epoch'> | null>;
}

/** A counted entry of the room that another one is about. */
export interface Named {
  seq: number;
  /** The input's field that names it. */
  field: string;
  /** Asked when the log has let go of what stands there. */
  isStored: () => Promise<boolean>;
}

/** Something to put into a room's log. */
export interface Draft {
  /** Idempotency id, unique in the room: a repeat within 20 minutes gets the first answer and appends nothing. */
  id: string;
  /** For ids that may be repeated at any later time; without it a repeat after 20 minutes is appended. */
  repeats?: LateRepeats;
  /** The signal's name. */
  signal: string;
  /** The user who causes it; absent when the server does. */
  by?: string;
  data: unknown;
  /** Gives the entry the room's next ordinal; for what unread counts. */
  counted?: boolean;
  /** Refused when there is no such entry. */
  names?: Named;
  /** For the persister only; never sent to clients. */
  hidden?: unknown;
  /** Users whose standing in the room this entry changes: their grants are loaded anew on every node. */
  affects?: string[];
  /** Users who stop receiving the room right after this entry, on every node; ALL_ASKED_AGAIN finds out who. */
  evicts?: string[];
}

export interface Appended {
  seq: number;
  epoch: string;
  atMs: number;
  ordinal: number;
  /**
   * True when the id had been appended before; the other fields are then the first entry's, with `atMs` and `ordinal` 0
   * when the log no longer holds it.
   */
  duplicate: boolean;
}

export interface Position {
  epoch: string;
  /** The last entry. */
  seq: number;
  /** Every entry up to this one is in PostgreSQL. */
  durable: number;
  /** Of the last counted entry. */
  ordinal: number;
}

export interface RoomLog {
  /**
   * Appends in one atomic step on the room's partition.
   * @throws NOT_FOUND for a room that does not exist, OVERLOADED when Redis is away or nearly full, or storing lags too far behind,
   *   INVALID_INPUT when the entry names one that is not there
   */
  append: (room: string, draft: Draft) => Promise<Appended>;
  /**
   * Runs a domain's own script that is built on append-entry.lua.
   * @param extra keys after the six, arguments after the four that every such script takes
   * @returns the script's reply, whose first element is its code
   * @throws as `append`
   */
  run: (room: string, script: Script, extra: { keys: string[]; args: (string | number)[] }) => Promise<unknown[]>;
  /**
   * Opens the log of a room that was made this moment, so that it counts from 1; called by whoever made it, once, when
   * nobody can have written to it. Without it, or when the room is open already, numbers go on above a gap: harmless.
   * @throws OVERLOADED
   */
  begin: (room: string) => Promise<void>;
  /** @throws NOT_FOUND, OVERLOADED */
  position: (room: string) => Promise<Position>;
  /** Up to `limit` entries after `seq`, in order; fewer when the log ends, and from a later one when it was trimmed. */
  after: (room: string, seq: number, limit: number) => Promise<RoomEntry[]>;
  /** One entry, or null when the log no longer holds it. */
  entry: (room: string, seq: number) => Promise<RoomEntry | null>;
  /**
   * What PostgreSQL may not have yet, per room: the position and every entry after `durable`. A room whose log is not
   * in Redis is wholly stored and is absent from the answer; nothing is seeded by asking.
   */
  undurable: (rooms: string[]) => Promise<Map<string, { position: Position; entries: RoomEntry[] }>>;
}
