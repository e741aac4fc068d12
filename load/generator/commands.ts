import type { Faults } from './verifier.ts';

/** Which server's language the generator is to speak. */
export type DialectName = 'bare' | 'rally';

/** One connection to be opened: to which of the server's nodes, and as whom. */
export interface Seat {
  node: number;
  token?: string;
}

/** One room's connections. Without publishers of its own, its receivers publish in turn. */
export interface CastRoom {
  id: string;
  receivers: Seat[];
  publishers: Seat[];
}

/** Everything the generator is to connect. Nodes are ports on this machine. */
export interface Cast {
  dialect: DialectName;
  ports: number[];
  rooms: CastRoom[];
  /** Connections that join nothing and send nothing. */
  idle: Seat[];
}

/** What the generator can be told to do; each command is answered once. */
export type Command =
  | { kind: 'open'; cast: Cast }
  | { kind: 'fanout'; messagesPerSecond: number; seconds: number }
  | { kind: 'rooms'; seconds: number };

/** What came of `open`. */
export interface Opened {
  connections: number;
  /** From the first connection begun to the last receiver in its room. */
  seconds: number;
  /** From beginning a connection to the server's acceptance of the session. */
  connectP50Ms: number;
  connectP99Ms: number;
}

/** What came of one phase of load, as the generator saw it. */
export interface PhaseResult {
  /** From the first message due to the last delivery or acknowledgement, or to the planned end if that was later. */
  seconds: number;
  sent: number;
  acked: number;
  deliveries: number;
  refusals: Record<string, number>;
  faults: Faults;
  /** From when a message was due to when a receiver had it. */
  deliveryP50Ms: number;
  deliveryP99Ms: number;
  /** From when a message was due to its acknowledgement. */
  ackP50Ms: number;
  ackP99Ms: number;
  latestSendMs: number;
  /** From the last acknowledgement until all of it was stored for good; undefined for servers that do not say. */
  durableAfterMs?: number;
  /** Rooms whose acknowledged messages were not all stored within 15 s, as far as they were. */
  notDurable: { room: string; acknowledgedSeq: number; durableSeq: number | undefined }[];
  /** Connections that ended during the phase, with the reason of the first. */
  dropped: number;
  dropReason?: string;
}

export type Reply =
  | { kind: 'opened'; opened: Opened }
  | { kind: 'phase'; result: PhaseResult }
  | { kind: 'failed'; reason: string };
