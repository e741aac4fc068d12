import type { Transaction } from '../../../platform/db/client.ts';

/** Those of the ids that are ticket types of the event. */
export const typesAmong = async (
  reader: Pick<Transaction, 'ticketType'>,
  eventId: string,
  ids: readonly string[],
): Promise<Set<string>> => {
  if (ids.length === 0) return new Set();
  const rows = await reader.ticketType.findMany({ where: { eventId, id: { in: [...ids] } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
};

/** Whether anybody was ever scanned by the list. */
export const wasScannedBy = async (reader: Pick<Transaction, '$queryRaw'>, listId: string): Promise<boolean> => {
  const [row] = await reader.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM event_check_ins WHERE list_id = ${listId}::uuid) AS found`;
  return row?.found === true;
};

/** Whether a device was ever enrolled for the list. */
export const hasDevices = async (reader: Pick<Transaction, 'scannerDevice'>, listId: string): Promise<boolean> =>
  (await reader.scannerDevice.findFirst({ where: { listId }, select: { id: true } })) !== null;

/** Whether some ticket came in twice by the list. */
export const hasReentered = async (reader: Pick<Transaction, 'admissionState'>, listId: string): Promise<boolean> =>
  (await reader.admissionState.findFirst({
    where: { listId, entries: { gt: 1 } },
    select: { participantId: true },
  })) !== null;

/** Tickets that have a conflict at the list, at most `limit`. */
export const conflictedAt = async (
  reader: Pick<Transaction, '$queryRaw'>,
  listId: string,
  limit: number,
): Promise<string[]> => {
  const rows = await reader.$queryRaw<{ admissionId: string }[]>`
    SELECT DISTINCT scan.participant_id AS "admissionId" FROM event_check_ins AS scan
    JOIN check_in_outcomes AS result ON result.check_in_id = scan.id AND result.outcome = 'CONFLICT'
    WHERE scan.list_id = ${listId}::uuid LIMIT ${limit}`;
  return rows.map(({ admissionId }) => admissionId);
};
