import type { Ticket } from '../../state/kept-tickets.ts';

export interface TicketsOfEvent {
  event: Ticket['event'];
  tickets: Ticket[];
}

/** Tickets by their events, in the order in which the events come first. */
export const byEvent = (tickets: readonly Ticket[]): TicketsOfEvent[] => {
  const groups = new Map<string, TicketsOfEvent>();
  for (const ticket of tickets) {
    const group = groups.get(ticket.event.id) ?? { event: ticket.event, tickets: [] };
    group.tickets.push(ticket);
    groups.set(ticket.event.id, group);
  }
  return [...groups.values()];
};
