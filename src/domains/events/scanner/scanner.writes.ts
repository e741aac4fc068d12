import type { Prisma } from '../../../generated/prisma/client.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { violatedConstraint } from '../../../platform/db/failures.ts';

/** Keeps others from changing the device, and from taking scans of it in, until the transaction ends. */
export const lockScanner = async (tx: Transaction, id: string): Promise<void> => {
  await tx.$executeRaw`SELECT 1 FROM scanner_devices WHERE id = ${id}::uuid FOR UPDATE`;
};

/** @throws CONFLICT when a device of the event has this name */
export const insertScanner = (tx: Transaction, data: Prisma.ScannerDeviceUncheckedCreateInput) =>
  refusingTakenName(() => tx.scannerDevice.create({ data }));

/** @throws CONFLICT when a device of the event has this name */
export const updateScanner = (tx: Transaction, id: string, data: Prisma.ScannerDeviceUncheckedUpdateInput) =>
  refusingTakenName(() => tx.scannerDevice.update({ where: { id }, data }));

/** Notes that a device uploaded, up to which of its own numbers, and which version of the bundle it had. */
export const noteSeen = async (
  tx: Transaction,
  id: string,
  { now, bundleEpoch }: { now: Date; bundleEpoch: number },
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE scanner_devices SET last_seen_at = ${now}, bundle_epoch = greatest(bundle_epoch, ${bundleEpoch}),
      last_seq = greatest(last_seq, (SELECT coalesce(max(device_seq), 0) FROM check_in_outcomes WHERE device_id = ${id}::uuid))
    WHERE id = ${id}::uuid`;
};

const refusingTakenName = async <Row>(write: () => Promise<Row>): Promise<Row> => {
  try {
    return await write();
  } catch (error) {
    if (violatedConstraint(error) !== 'scanner_devices_event_id_name_key') throw error;
    throw new AppError('CONFLICT', 'name: a device of the event has this name.');
  }
};
