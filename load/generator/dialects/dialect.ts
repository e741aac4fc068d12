/** One acknowledged call: the Socket.IO event's name and its argument as JSON. */
export interface Call {
  name: string;
  inputJson: string;
}

/** What a server said to a call. */
export interface Answer {
  /** The server's error code when it refused. */
  refusal?: string;
  retryAfterMs?: number;
  /** The message's place in its room, from servers that number them. */
  seq?: number;
  /** The highest place in the room that is stored for good, from servers that store. */
  durable?: number;
}

/** The messages of one packet, in order. */
export interface Deliveries {
  room: string;
  bodies: string[];
  /** Where the room's log is after them, for `rejoin`; from servers that can go on from a place. */
  position?: unknown;
}

/** How one kind of server is spoken to. All else about the load is the same for every server. */
export interface Dialect {
  /** The CONNECT packet of a session. */
  connectPacket(token: string | undefined): string;
  /** Asks to hear a room from now on; asked again it tells how far the room is stored. */
  join(room: string): Call;
  /** Asks to hear a room again, from a position on; a server without positions is asked as before. */
  rejoin?(room: string, position: unknown): Call;
  /** Where a room's log is, and what was missed, as the answer to `join` or `rejoin` says. */
  readJoined?(answer: unknown): { position: unknown; missed: string[]; isGap: boolean };
  /** Adds a reaction to a message. */
  react?(message: { room: string; seq: number; emoji: string }): Call;
  send(message: { room: string; clientId: string; body: string }): Call;
  readAnswer(answer: unknown): Answer;
  /** @returns undefined for a packet that delivers no messages */
  readDeliveries(packet: string): Deliveries | undefined;
}

/** Whether `value` is an object whose fields may be looked at. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The argument of an event packet `42["name",argument]`; undefined when the packet has another name or shape. */
export function argumentOf(packet: string, name: string): Record<string, unknown> | undefined {
  if (!packet.startsWith(`42["${name}",`)) return undefined;
  const parsed: unknown = JSON.parse(packet.slice(2));
  const argument: unknown = Array.isArray(parsed) ? parsed[1] : undefined;
  return isRecord(argument) ? argument : undefined;
}
