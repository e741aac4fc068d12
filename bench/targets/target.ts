import type { Cast } from '../../load/generator/commands.ts';

/** The servers that can be measured. */
export type TargetName = 'rally' | 'bare' | 'bare-insert';

/** One server under test, running. */
export interface Target {
  name: TargetName;
  /** The processes whose CPU, with all their descendants, is the server's. */
  rootPids: number[];
  /** Each must match the command of one of these processes, so that no part of the server goes uncounted. */
  parts: RegExp[];
  /** One room that `receivers` hear, spread over the nodes, and `publishers` who only send into it. */
  castFanout(size: { receivers: number; publishers: number }): Promise<Cast>;
  /** `rooms` rooms of `members` each, who hear and send, every room spread over the nodes. */
  castRooms(size: { rooms: number; members: number }): Promise<Cast>;
  /** `connections` sessions spread over the nodes that do nothing. */
  castIdle(size: { connections: number }): Promise<Cast>;
  stop(): Promise<void>;
}

/** What the parts of a server are called. */
export const PARTS = { node: /^node/, redis: /^(redis|valkey)-server/, postgres: /^postgres/ } as const;

/** How many realtime nodes every server runs. */
export const NODES = 2;

/** The node of a room's member: turn by turn, and begun one further in each room so that odd rooms do not weigh on one. */
export const nodeOf = (member: number, room = 0): number => (member + room) % NODES;
