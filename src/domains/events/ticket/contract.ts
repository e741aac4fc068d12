import { z } from 'zod';
import { operation, type Rate } from '../../../kernel/contract.ts';
import { line } from '../../../kernel/texts.ts';
import { Id, page, pageInput } from '../../../kernel/wire.ts';
import { Money } from '../../payments/money/contract.ts';
import { Admission } from '../shapes/booking/contract.ts';
import { EventSummary } from '../shapes/contract.ts';

const rates: readonly Rate[] = [{ limit: 50, windowSeconds: 10, by: 'actor' }];
const ofTicket = z.object({ admissionId: Id });

/** Who gets it: somebody with an account, or a name with the address their ticket goes to. */
const Recipient = z.union([
  z.object({ userId: Id }),
  z.object({ fullName: line(120), email: z.email().max(254).toLowerCase().optional() }),
]);

export const transfer = operation({
  name: 'ticket.transfer',
  summary:
    'Give an own ticket to another person. Its code is dead at once; theirs is a new one. RATE_LIMITED for more strangers than one may reach in a day.',
  access: 'user',
  durability: 'committed',
  rates,
  input: ofTicket.extend({ to: Recipient }),
  output: Admission,
  errors: ['CONFLICT'],
  http: 'POST /v1/tickets/{admissionId}/transfer',
});

export const regenerate = operation({
  name: 'ticket.regenerate',
  summary: 'Replace the code of an own ticket, as after it was seen by others. The old one is dead at once.',
  access: 'user',
  durability: 'committed',
  rates,
  input: ofTicket,
  output: Admission,
  errors: ['CONFLICT'],
  http: 'POST /v1/tickets/{admissionId}/regenerate',
});

export const calendar = operation({
  name: 'ticket.calendar',
  summary:
    'An own ticket as a calendar file (RFC 5545), to be kept under the name that is answered with it. Asked again after the event moved or was cancelled, or after the ticket was given back, it brings the entry that a calendar has up to date.',
  access: 'user',
  durability: 'read',
  rates,
  input: ofTicket,
  output: z.object({ filename: z.string(), text: z.string() }),
  errors: [],
  http: 'GET /v1/tickets/{admissionId}/calendar',
});

/** The source of a ticket's rotating proof, which is a TOTP (RFC 6238, SHA-1, six digits) of `secret`, 20 bytes in base64. */
const ProofSource = z.object({ secret: z.string(), periodSeconds: z.int(), skew: z.int() });

/** A ticket as the app of its holder keeps it, so that it can be shown without network. */
export const HeldTicket = z
  .object({
    /** Its admission. */
    id: Id,
    bookingId: Id,
    ticketTypeName: z.string(),
    /** Null for the caller's own. */
    guestName: z.string().nullable(),
    isTransferable: z.boolean(),
    paid: Money,
    /** The door has let its holder in. */
    isEntered: z.boolean(),
    /** Null once the event is over, and while the payment is disputed. */
    code: z.string().nullable(),
    /** The source of the six digits that a door may ask for behind the code; null where there is no code. */
    proof: ProofSource.nullable(),
    event: EventSummary.extend({ address: z.string().nullable() }),
  })
  .meta({ id: 'HeldTicket' });

export const list = operation({
  name: 'ticket.list',
  summary:
    'The caller’s tickets, and those of guests without an account whom the caller booked for, with their codes: of events to come the earliest first, of events that are over the latest first.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({ when: z.enum(['UPCOMING', 'PAST']).default('UPCOMING'), ...pageInput({ most: 50, usual: 50 }) }),
  output: page(HeldTicket),
  errors: [],
  http: 'GET /v1/me/tickets',
});

export const proof = operation({
  name: 'ticket.proof',
  summary:
    'What an own ticket’s app makes its rotating proof from: TOTP (RFC 6238, SHA-1, six digits) of `secret`, 20 bytes in base64. Doors whose list asks for it take a code only with the number of now, so that a picture of the code that was passed on is worth nothing.',
  access: 'user',
  durability: 'read',
  rates,
  input: ofTicket,
  output: ProofSource,
  errors: ['CONFLICT'],
  http: 'GET /v1/tickets/{admissionId}/proof',
});
