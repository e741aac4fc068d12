/** Doors open before the start, and people come late. */
const EARLY_MS = 12 * 3_600_000;
const LATE_MS = 12 * 3_600_000;
const MAX_SECONDS = 0xffff_ffff;

interface Times {
  event: { startDate: Date; endDate: Date };
  type: { validFrom: Date | null; validUntil: Date | null } | undefined;
}

const seconds = (date: Date): number => Math.min(MAX_SECONDS, Math.max(0, Math.floor(date.getTime() / 1_000)));

/** When a ticket lets in: its type's own window, else from half a day before the event until half a day after it. */
export const validTime = ({ event, type }: Times): { notBefore: number; expiresAt: number } => ({
  notBefore: seconds(type?.validFrom ?? new Date(event.startDate.getTime() - EARLY_MS)),
  expiresAt: seconds(type?.validUntil ?? new Date(event.endDate.getTime() + LATE_MS)),
});
