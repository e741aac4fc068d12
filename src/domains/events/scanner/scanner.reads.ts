import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'scannerDevice'>;

/** A device of an event; null for none. */
export const findScanner = (reader: Reader, { eventId, scannerId }: { eventId: string; scannerId: string }) =>
  reader.scannerDevice.findFirst({ where: { id: scannerId, eventId } });

export type ScannerRow = NonNullable<Awaited<ReturnType<typeof findScanner>>>;

/** A device by its id alone, as it names itself. */
export const scannerById = (reader: Reader, id: string) => reader.scannerDevice.findUnique({ where: { id } });

/** The device whose invitation has this hash; null for none. */
export const scannerInvitedBy = (reader: Reader, invitationHash: string) =>
  reader.scannerDevice.findUnique({ where: { invitationHash } });

/** Devices of an event, newest first. */
export const scannersOf = (
  reader: Reader,
  { eventId, after, limit }: { eventId: string; after: string | undefined; limit: number },
) =>
  reader.scannerDevice.findMany({
    where: { eventId, ...(after === undefined ? {} : { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });

export const countScanners = (reader: Reader, eventId: string): Promise<number> =>
  reader.scannerDevice.count({ where: { eventId } });
