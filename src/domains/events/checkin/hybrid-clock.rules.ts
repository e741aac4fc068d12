/** Bits of the counter below the milliseconds. */
const COUNTER_BITS = 16n;
/** A device whose clock runs further ahead than this is noted as suspect; its scans are ordered by it all the same. */
const SUSPECT_AHEAD_MS = 5 * 60_000;

/**
 * A moment of the hybrid clock (Kulkarni et al., "Logical Physical Clocks", 2014): milliseconds since 1970 shifted left by 16.
 */
export const hybridClockAt = (at: Date): bigint => BigInt(Math.max(0, at.getTime())) << COUNTER_BITS;

/** The wall clock of a moment of the hybrid clock. */
export const timeOf = (hybridClock: bigint): Date => new Date(Number(hybridClock >> COUNTER_BITS));

/** The next moment after everything that was seen: the own clock, or one above the highest that others brought. */
export const nextHybridClock = (now: Date, seen: bigint): bigint => {
  const own = hybridClockAt(now);
  return own > seen ? own : seen + 1n;
};

/** No device can bring a later moment; PostgreSQL's bigint holds much later ones, so that there always is a next one. */
const LATEST = hybridClockAt(new Date(Date.UTC(2201, 0)));

/** The moment that a device gave a scan: its hybrid clock's, or its wall clock's where it keeps none. */
export const momentOf = (hlc: string | undefined, at: Date): bigint => {
  const given = hlc === undefined ? hybridClockAt(at) : BigInt(hlc);
  return given < LATEST ? given : LATEST;
};

/** Whether a device's clock runs so far ahead that its order among other devices is doubtful. */
export const isSuspect = (hybridClock: bigint, now: Date): boolean =>
  hybridClock > hybridClockAt(new Date(now.getTime() + SUSPECT_AHEAD_MS));
