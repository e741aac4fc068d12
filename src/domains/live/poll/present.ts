import type { PollRow } from './poll.reads.ts';

const timeOf = (date: Date | null): string | null => date?.toISOString() ?? null;

/** A poll as everybody sees it. */
export const showPoll = (row: PollRow) => ({
  ...{ id: row.id, eventId: row.eventId, kind: row.kind, prompt: row.prompt, status: row.status, reveal: row.reveal },
  ...{ anonymity: row.anonymity, maxChoices: row.maxChoices, admittedOnly: row.admittedOnly, seconds: row.seconds },
  options: row.options.map(({ id, text }) => ({ id, text })),
  openedAt: timeOf(row.openedAt),
  closesAt: timeOf(row.closesAt),
  closedAt: timeOf(row.closedAt),
  isEdited: row.isEdited,
  isSealed: row.keyDestroyedAt !== null,
  sortOrder: row.sortOrder,
  version: row.version,
});
