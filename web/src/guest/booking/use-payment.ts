import { useEffect, useState } from 'preact/hooks';
import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { useOperation } from '../../state/use-operation.ts';

type Payment = Output<'payment.get'>;

const OPEN: readonly Payment['status'][] = ['PENDING', 'REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED'];

export const isOpen = ({ status }: Payment): boolean => OPEN.includes(status);

/** The latest payment of a booking, as the server tells it; undefined before the first. */
export const usePayment = (bookingId: string, changes: unknown) => {
  const { data, reload } = useOperation('payment.list', { bookingId, limit: 1 });
  const [told, setTold] = useState<Payment>();
  useEffect(
    () =>
      client.on('payment.changed', (payment) => {
        if (payment.bookingId === bookingId) setTold(payment);
      }),
    [bookingId],
  );
  // What was told may be older than what was asked, and the other way round: the answer is asked again with the booking.
  useEffect(() => {
    setTold(undefined);
    reload();
  }, [changes]);
  return { payment: told ?? data?.items[0], tell: setTold };
};
