/** What one frame of deliveries says, found out once. */
export interface ParsedFrame {
  readonly bytes: Buffer;
  /** The numbers of its messages in order; -1 for one whose body is not what was sent. */
  readonly numbers: readonly number[];
  /** Where the room's log is after it, from servers that number messages. */
  readonly position: unknown;
  /** The frames that other receivers saw after this one: as many as there are nodes that cut them differently. */
  readonly next: ParsedFrame[];
}

/** What a frame says. */
export interface Frame {
  numbers: readonly number[];
  position?: unknown;
}

/** Finds out what a frame says; undefined when it holds no deliveries. */
export type ParseFrame = (packet: string) => Frame | undefined;

/** More nodes than this parse their frames anew. */
const MAX_WAYS = 8;

/** Where a new reader of a chain begins. */
export const startOfChain = (): ParsedFrame => ({ bytes: Buffer.alloc(0), numbers: [], position: undefined, next: [] });

/**
 * Reads the frame that follows `previous` on one connection. Members of a room on one node get the same bytes in the
 * same order, so the frame is compared with the one that an earlier connection saw here, byte for byte, and parsed
 * only where it differs. That makes checking a thousand identical frames cost one parse and a thousand comparisons.
 * A chain lives as long as its slowest reader points into it.
 * @returns undefined when the packet holds no deliveries
 */
export function readNext(
  previous: ParsedFrame,
  packet: { bytes: Buffer; start: number; end: number },
  parse: ParseFrame,
): ParsedFrame | undefined {
  for (const guess of previous.next) if (isSame(guess.bytes, packet)) return guess;
  const bytes = Buffer.from(packet.bytes.subarray(packet.start, packet.end));
  const parsed = parse(bytes.toString('utf8'));
  if (parsed === undefined) return undefined;
  const frame: ParsedFrame = { bytes, numbers: parsed.numbers, position: parsed.position, next: [] };
  if (previous.next.length < MAX_WAYS) previous.next.push(frame);
  return frame;
}

function isSame(known: Buffer, { bytes, start, end }: { bytes: Buffer; start: number; end: number }): boolean {
  return known.length === end - start && bytes.compare(known, 0, known.length, start, end) === 0;
}
