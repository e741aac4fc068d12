import type { Transaction } from '../../../platform/db/client.ts';

/** Which of these admissions were let in at a door already. */
export const enteredAmong = async (
  reader: Pick<Transaction, 'admissionState'>,
  admissionIds: readonly string[],
): Promise<Set<string>> => {
  const rows = await reader.admissionState.findMany({
    where: { participantId: { in: [...admissionIds] }, entries: { gt: 0 } },
    select: { participantId: true },
  });
  return new Set(rows.map(({ participantId }) => participantId));
};

/** The key that signs an event's tickets now, its private half sealed; null before the first was sold. */
export const activeKey = (reader: Pick<Transaction, 'eventSigningKey'>, eventId: string) =>
  reader.eventSigningKey.findFirst({
    where: { eventId, status: 'ACTIVE' },
    select: { id: true, keyNumber: true, privateKey: true },
  });

/** When the holders of these types may enter, where that is not the event's own time. */
export const validityOf = async (reader: Pick<Transaction, 'ticketType'>, ticketTypeIds: readonly string[]) => {
  const rows = await reader.ticketType.findMany({
    where: { id: { in: [...ticketTypeIds] } },
    select: { id: true, validFrom: true, validUntil: true, transferable: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
};

/** The booking an admission belongs to, and when the admission changed last; null for none. */
export const changedAtOf = (reader: Pick<Transaction, 'eventParticipant'>, admissionId: string) =>
  reader.eventParticipant.findUnique({ where: { id: admissionId }, select: { bookingId: true, updatedAt: true } });

/** The booking an admission belongs to; null for none. */
export const bookingIdOf = async (
  reader: Pick<Transaction, 'eventParticipant'>,
  admissionId: string,
): Promise<string | null> => {
  const row = await reader.eventParticipant.findUnique({ where: { id: admissionId }, select: { bookingId: true } });
  return row?.bookingId ?? null;
};
