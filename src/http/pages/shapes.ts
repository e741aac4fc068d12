import type { OutputOf } from '../../kernel/contract.ts';
import type { topics } from '../../sdk/contract.ts';

/** Shapes of the answers from which the pages are made. */
export type EventView = OutputOf<typeof topics.event.get>;
export type TicketTypeView = EventView['ticketTypes'][number];
export type EventCardView = OutputOf<typeof topics.eventPublic.listHosted>['items'][number];
export type Category = OutputOf<typeof topics.category.list>['items'][number];
export type Person = OutputOf<typeof topics.profile.get>;
export type UpdateView = OutputOf<typeof topics.eventUpdate.list>['items'][number];
export type TeamMember = OutputOf<typeof topics.host.list>['items'][number];
export type Picture = NonNullable<EventView['cover']>;
