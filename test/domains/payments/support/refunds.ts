import type { RefundView } from '../../../../src/domains/payments/refund/present.ts';
import { requestRefund } from '../../../../src/domains/payments/refund/request.writes.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import type { FlowWorld } from './flow-world.ts';

/** What the events domain does when a booking is cancelled. */
export const askBack = (world: FlowWorld, paymentId: string, amountMinor: bigint): Promise<RefundView> =>
  world.database.$transaction((tx) =>
    requestRefund(tx, recordIn(tx), {
      paymentId,
      bookingId: null,
      amountMinor,
      reason: 'BY_ATTENDEE',
      initiator: 'ATTENDEE',
      now: world.platform.clock.now(),
    }),
  );
