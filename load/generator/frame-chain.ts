/** What one frame of deliveries says, found out once. */
export interface ParsedFrame {
  readonly bytes: Buffer;
  /** The numbers of its messages in order; -1 for one whose body is not what was sent. */
  readonly numbers: readonly number[];
  /** The frame that another receiver saw after this one. */
  next: ParsedFrame | undefined;
}

/** Finds out what a frame says; undefined when it holds no deliveries. */
export type ParseFrame = (packet: string) => readonly number[] | undefined;

/** Where a new reader of a chain begins. Each node has its own, because nodes may cut and order their frames differently. */
export const startOfChain = (): ParsedFrame => ({ bytes: Buffer.alloc(0), numbers: [], next: undefined });

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
  const guess = previous.next;
  if (guess !== undefined && isSame(guess.bytes, packet)) return guess;
  const bytes = Buffer.from(packet.bytes.subarray(packet.start, packet.end));
  const numbers = parse(bytes.toString('utf8'));
  if (numbers === undefined) return undefined;
  const frame: ParsedFrame = { bytes, numbers, next: undefined };
  previous.next ??= frame;
  return frame;
}

function isSame(known: Buffer, { bytes, start, end }: { bytes: Buffer; start: number; end: number }): boolean {
  return known.length === end - start && bytes.compare(known, 0, known.length, start, end) === 0;
}
