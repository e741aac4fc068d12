import type { Stage } from '../standing/standing.reads.ts';

const timeOf = (date: Date | null): string | null => date?.toISOString() ?? null;

/** A stage on the wire. */
export const showStage = ({ eventId, status, openedAt, endedAt, settings, version }: Stage) => ({
  ...{ eventId, status, settings, version },
  openedAt: timeOf(openedAt),
  endedAt: timeOf(endedAt),
});
