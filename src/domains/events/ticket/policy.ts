import type { Actor } from '../../../kernel/actor.ts';
import { ownsTicket } from '../booking/policy.ts';
import type { TicketSubject } from './lock.steps.ts';

/** People who hold or held the ticket may read its entry: a calendar asks once more for one that was called off. */
export const canKeepTicket = (
  actor: Pick<Actor, 'userId'>,
  { booking, admission }: Pick<TicketSubject, 'booking' | 'admission'>,
): boolean => ownsTicket(actor, booking, admission);

/** Whose ticket it is may pass it on or have its code replaced. */
export const canDisposeOf = (
  actor: Pick<Actor, 'userId'>,
  { booking, admission }: Pick<TicketSubject, 'booking' | 'admission'>,
): boolean => ownsTicket(actor, booking, admission);
