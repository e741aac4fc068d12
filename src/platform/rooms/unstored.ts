/** Before any room was opened. */
const FIRST_MS = Date.UTC(2026, 0, 1);

/**
 * The highest sequence number that a room can have reached by now whose log is stored nowhere else: it hands out less than
 * one a millisecond. It makes a later epoch go on above every earlier one although nobody has kept its numbers.
 */
export const reachedBy = (now: Date): number => now.getTime() - FIRST_MS;
