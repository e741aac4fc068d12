import { z } from 'zod';
import {
  PaymentFailureCode,
  PaymentMethod,
  PaymentProvider,
  PaymentPurpose,
  PaymentStatus,
} from '../../../generated/prisma/enums.ts';
import { operation, signal } from '../../../kernel/contract.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';
import { Money } from '../money/contract.ts';

const back = {
  /** Where the payer goes once they have decided: the `return_url` of Stripe's form. Absent where `returnTo` was not given. */
  returnUrl: z.string().optional(),
};

/** What the payer's client has to do next: open a page, or hand a secret to the provider's own form. */
export const ClientAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('redirect'), url: z.string(), ...back }),
  z.object({ kind: z.literal('stripe'), clientSecret: z.string(), ...back }),
]);

/** One attempt to pay. A captured payment is COMPLETED. */
export const Payment = z.object({
  id: Id,
  status: z.enum(PaymentStatus),
  purpose: z.enum(PaymentPurpose),
  method: z.enum(PaymentMethod),
  provider: z.enum(PaymentProvider),
  /** What the provider calls it; null until the provider has been told. */
  providerRef: z.string().nullable(),
  /** What the host calls it, when they took it by hand (provider MANUAL). */
  reference: z.string().nullable(),
  bookingId: Id.nullable(),
  eventId: Id.nullable(),
  /** What was asked for. */
  amount: Money,
  /** What the provider took. */
  captured: Money,
  /** What goes back or went back. */
  refunded: Money,
  /** Absent when there is nothing to do for the payer. */
  clientAction: ClientAction.optional(),
  failure: z.object({ code: z.enum(PaymentFailureCode), message: z.string() }).nullable(),
  completedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});

export const get = operation({
  name: 'payment.get',
  summary: 'One payment. Its payer and staff may see it.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 600, windowSeconds: 60, by: 'actor' }],
  input: z.object({ paymentId: Id }),
  output: Payment,
  errors: [],
  http: 'GET /v1/payments/{paymentId}',
});

export const list = operation({
  name: 'payment.list',
  summary: 'The caller’s payments, the latest first.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    /** Only those of this booking. */
    bookingId: Id.optional(),
    ...pageInputById(),
  }),
  output: page(Payment),
  errors: [],
  http: 'GET /v1/payments',
});

export const cancel = operation({
  name: 'payment.cancel',
  summary:
    'Give up an open payment, so that another can be started. CONFLICT once its money was taken. Money that comes all the same is paid back.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({ paymentId: Id }),
  output: Payment,
  errors: ['CONFLICT'],
  http: 'POST /v1/payments/{paymentId}/cancel',
});

export const changed = signal({
  name: 'payment.changed',
  summary: 'Told to the payer’s devices when a payment moved; carries it as it is now.',
  data: Payment,
});
