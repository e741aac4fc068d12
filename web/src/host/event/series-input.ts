import type { Input, Output } from '../../../../src/sdk/index.ts';
import { instantOf } from '../wall-clock.ts';

/** A rule with the last day on which it makes events. @param until ISO date, or empty; @param zone IANA */
export const endingRule = (rule: string, until: string, zone: string): string => {
  if (until === '') return rule;
  const end = instantOf(`${until}T23:59`, zone);
  return `${rule};UNTIL=${end.replaceAll(/[-:]/g, '').slice(0, 15)}Z`;
};

/** A series of drafts like an event, from another moment on. */
export const seriesInputOf = (
  event: Output<'event.get'>,
  startDate: string,
  recurrenceRule: string,
): Input<'eventSeries.create'> => {
  const lengthMs = Date.parse(event.endDate) - Date.parse(event.startDate);
  return {
    ...{ title: event.title, description: event.description, summary: event.summary, startDate, recurrenceRule },
    endDate: new Date(Date.parse(startDate) + lengthMs).toISOString(),
    ...{ timeZone: event.timeZone, currency: event.currency, mode: event.mode, visibility: event.visibility },
    ...{ approvalMode: event.approvalMode, ageRestriction: event.ageRestriction, tags: event.tags },
    ...{ categoryId: event.categoryId, cancellationPolicyId: event.cancellationPolicyId },
    ...{ venue: event.venue, address: event.address, city: event.city, country: event.country },
    ...{ postalCode: event.postalCode, onlineUrl: event.onlineUrl, maxParticipants: event.maxParticipants },
    ticketTypes: event.ticketTypes.map((type) => ({
      ...{ name: type.name, description: type.description, kind: type.kind, price: type.price.amountMinor },
      ...{ capacity: type.capacity, visibility: type.visibility, status: type.status, taxRateId: type.taxRateId },
      ...{ minPerOrder: type.minPerOrder, maxPerOrder: type.maxPerOrder, transferable: type.transferable },
      ...{ oneActivePerUser: type.oneActivePerUser, approvalRequired: type.approvalRequired },
    })),
  };
};
