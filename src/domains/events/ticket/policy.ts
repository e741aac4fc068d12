import type { Actor } from '../../../kernel/actor.ts';
import { ownsTicket } from '../booking/policy.ts';
import type { TicketSubject } from './lock.steps.ts';

/** Whose ticket it is or was keeps it in their calendar: an entry that is called off is asked for once more. */
export const canKeepTicket = (
  actor: Pick<Actor, 'userId'>,
  { booking, admission }: Pick<TicketSubject, 'booking' | 'admission'>,
): boolean => ownsTicket(actor, booking, admission);

/** Whose ticket it is may pass it on or have its code replaced. */
export const canDisposeOf = (
  actor: Pick<Actor, 'userId'>,
  { booking, admission }: Pick<TicketSubject, 'booking' | 'admission'>,
): boolean => ownsTicket(actor, booking, admission);
