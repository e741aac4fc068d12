import type { DisputeReason, PaymentFailureCode } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import { newId } from '../../../platform/ids.ts';
import type { Announce } from './deliver-webhook.job.ts';
import { leftOf, MAX_PARTS, type SandboxPayment } from './document.rules.ts';
import type { SandboxStore } from './sandbox.store.ts';

/** What payers, their banks and the sandbox's own dashboard do. Each act is told to our server by a webhook. */
export interface Sandbox {
  approve: (ref: string) => Promise<SandboxPayment>;
  decline: (ref: string, failureCode: PaymentFailureCode) => Promise<SandboxPayment>;
  refund: (ref: string, amountMinor: number) => Promise<SandboxPayment>;
  dispute: (ref: string, claim: { amountMinor?: number; reason: DisputeReason }) => Promise<SandboxPayment>;
  settleDispute: (ref: string, outcome: 'WON' | 'LOST') => Promise<SandboxPayment>;
}

export interface SandboxParts {
  store: SandboxStore;
  announce: Announce;
  clock: Clock;
}

/** @returns acts that throw NOT_FOUND for an unknown payment, and CONFLICT when its state does not allow them */
export const createSandbox = ({ store, announce, clock }: SandboxParts): Sandbox => {
  const now = (): string => clock.now().toISOString();
  const act = async (ref: string, change: (current: SandboxPayment) => SandboxPayment): Promise<SandboxPayment> => {
    const changed = await store.change(ref, (current) => change(found(current)));
    return found(changed);
  };
  return {
    approve: async (ref) => {
      const { feeBasisPoints } = await store.switches();
      await store.touch(now().slice(0, 10), ref);
      const payment = await act(ref, (current) => captured(refuseUnlessOpen(current), { feeBasisPoints, at: now() }));
      await announce('payment.captured', { ...named(payment), ...withFee(payment) });
      return payment;
    },
    decline: async (ref, failureCode) => {
      // A card that was declined can be tried again: the payment stays open to an approval.
      const payment = await act(ref, (current) => ({ ...refuseUnlessOpen(current), status: 'DECLINED', failureCode }));
      await announce('payment.failed', { ...named(payment), failureCode });
      return payment;
    },
    refund: async (ref, amountMinor) => {
      const refund = { ref: `sbxr_${newId().replaceAll('-', '')}`, amountMinor, at: now() };
      await store.touch(now().slice(0, 10), ref);
      const payment = await act(ref, (current) => {
        if (leftOf(current) < amountMinor) throw new AppError('CONFLICT', `amountMinor: ${leftOf(current)} are left.`);
        return withPart(current, 'refunds', refund);
      });
      await announce('refund.settled', { ...named(payment), amountMinor, refundRef: refund.ref });
      return payment;
    },
    dispute: async (ref, { amountMinor, reason }) => {
      const disputeRef = `sbxd_${newId().replaceAll('-', '')}`;
      const payment = await act(ref, (current) => {
        if (current.status !== 'CAPTURED' || openDispute(current)) {
          throw new AppError('CONFLICT', 'Only a payment that was made, and is not disputed yet, can be disputed.');
        }
        const most = Math.min(amountMinor ?? current.amountMinor, current.amountMinor);
        return withPart(current, 'disputes', {
          ref: disputeRef,
          status: 'OPENED',
          reason,
          amountMinor: most,
          at: now(),
        });
      });
      const amount = payment.disputes.find((each) => each.ref === disputeRef)?.amountMinor ?? payment.amountMinor;
      await announce('dispute.opened', { ...named(payment), amountMinor: amount, disputeRef, reason });
      return payment;
    },
    settleDispute: async (ref, outcome) => {
      const open = openDispute(found(await store.payment(ref)));
      if (!open) throw new AppError('CONFLICT', 'No dispute of this payment is open.');
      const payment = await act(ref, (current) => ({
        ...current,
        disputes: current.disputes.map((each) => (each.ref === open.ref ? { ...each, status: outcome } : each)),
      }));
      const { ref: disputeRef, amountMinor, reason } = open;
      await announce(`dispute.${outcome.toLowerCase()}`, { ...named(payment), amountMinor, disputeRef, reason });
      return payment;
    },
  };
};

const found = (payment: SandboxPayment | null): SandboxPayment => {
  if (!payment) throw new AppError('NOT_FOUND', 'The sandbox knows no such payment.');
  return payment;
};

const refuseUnlessOpen = (payment: SandboxPayment): SandboxPayment => {
  if (payment.status === 'OPEN' || payment.status === 'DECLINED') return payment;
  throw new AppError('CONFLICT', `This payment is ${payment.status.toLowerCase()} already.`);
};

const openDispute = ({ disputes }: SandboxPayment) => disputes.find(({ status }) => status === 'OPENED');

/** The payment with its money taken. */
export const captured = (
  payment: SandboxPayment,
  { feeBasisPoints, at }: { feeBasisPoints: number; at: string },
): SandboxPayment => ({
  ...payment,
  status: 'CAPTURED',
  at,
  ...(feeBasisPoints === 0 ? {} : { feeMinor: Math.floor((payment.amountMinor * feeBasisPoints) / 10_000) }),
});

/** @throws CONFLICT when it has as many of these as it can have */
export const withPart = <K extends 'refunds' | 'disputes'>(
  payment: SandboxPayment,
  kind: K,
  part: SandboxPayment[K][number],
): SandboxPayment => {
  if (payment[kind].length >= MAX_PARTS) throw new AppError('CONFLICT', `A payment has ${MAX_PARTS} ${kind} at most.`);
  return { ...payment, [kind]: [...payment[kind], part] };
};

/** What every webhook about a payment says. */
export const named = ({ ref, paymentId, amountMinor, currency }: SandboxPayment) => ({
  providerRef: ref,
  amountMinor,
  currency,
  ...(paymentId === undefined ? {} : { paymentId }),
});

const withFee = ({ feeMinor }: SandboxPayment) => (feeMinor === undefined ? {} : { feeMinor });
