import type { Dialect } from './generator/dialects/dialect.ts';

/** Somebody who takes part: as whom they connect, and from which network address. */
export interface Person {
  /** Absent for servers that know nobody. */
  token?: string;
  id?: string;
  /** Sent as X-Forwarded-For, which a server believes from a proxy on its own machine. */
  address?: string;
}

/** What is told about a preparation that takes long. */
export type Tell = (sentence: string) => void;

/** Who may be asked for in the preparation of a run. */
export interface SignInRequest {
  url: string;
  count: number;
  /** The file of `npm run load:accounts`, which may not be there. */
  accounts: string;
  tell: Tell;
}

/**
 * All that the tool must know of one kind of server. Only `dialect` is used in the processes that make the load.
 * An adapter is a file that exports one of these as `adapter`: `--adapter FILE`.
 */
export interface Adapter {
  name: string;
  dialect: Dialect;
  /** People who can connect. @throws Error in one sentence */
  signIn: (request: SignInRequest) => Promise<Person[]>;
  /** A room for each group. @returns their names, in the order of the groups @throws Error in one sentence */
  openRooms: (url: string, groups: Person[][], tell: Tell) => Promise<string[]>;
  /** Rooms in which a member's count of unread messages is wrong; absent where the server counts none. */
  countWrongUnread?: (
    url: string,
    people: readonly Person[],
    rooms: readonly { id: string; members: readonly number[] }[],
  ) => Promise<number>;
}
