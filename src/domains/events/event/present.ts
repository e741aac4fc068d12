import type { Transaction } from '../../../platform/db/client.ts';
import { publicProfiles } from '../../identity/api.ts';
import type { Showing } from '../../media/api.ts';
import { DEFAULT_POLICY } from '../cancellation-policy/default.rules.ts';
import { showPolicy } from '../cancellation-policy/present.ts';
import { awaitedTypes } from '../inventory/awaited.reads.ts';
import type { EventView } from '../shapes/contract.ts';
import { toTime, toTimeOrNull } from '../times.rules.ts';
import type { EventRow } from './event.reads.ts';
import { canSeeOnlineUrl, type Standing } from './policy.ts';
import { summarise } from './summarise.ts';
import { isShown, type Onlooker, showTicketType, taxesOf } from './ticket-types/present.ts';

type Reader = Pick<Transaction, 'user' | 'taxRate' | '$queryRaw'>;

export interface Shown {
  event: EventRow;
  standing: Standing;
  /** A valid code was given. */
  hasCode?: boolean;
}

/** An event with its kinds of tickets on the wire, as far as somebody may see it. */
export const showEvent = async (reader: Reader, shown: Shown, showing: Showing): Promise<EventView> => {
  const { event, standing, hasCode = false } = shown;
  const [profiles, awaited] = [
    await publicProfiles(reader, [event.hostId], showing),
    await awaitedTypes(reader, event.id),
  ];
  const host = profiles.get(event.hostId);
  const taxes = await taxesOf(reader, event.ticketTypes, showing.now);
  const onlooker: Onlooker = { standing, hasCode, awaited, taxes };
  return {
    ...summarise(event, showing),
    ...describe(event, standing),
    host: host ? personOf(host) : null,
    ticketTypes: event.ticketTypes
      .filter((type) => isShown(type, onlooker))
      .map((type) => showTicketType(type, event, onlooker)),
  };
};

interface Profile {
  id: string;
  username: string;
  firstName: string;
  lastName: string;
  avatarUrl: string | null;
}

/** A person as far as events show them. */
export const personOf = ({ id, username, firstName, lastName, avatarUrl }: Profile) => ({
  userId: id,
  username,
  firstName,
  lastName,
  avatarUrl,
});

/** The rule by which a booking made now would be paid back. */
const refundPolicyOf = ({ cancellationPolicy }: Pick<EventRow, 'cancellationPolicy'>): EventView['refundPolicy'] => {
  const { name, steps, feesRefundable } = cancellationPolicy ? showPolicy(cancellationPolicy) : DEFAULT_POLICY;
  return { name, steps: [...steps], feesRefundable };
};

/** What an event says of itself beyond its summary. */
const describe = (row: EventRow, standing: Standing) => ({
  description: row.description,
  category: row.category,
  myRole: standing.role,
  address: row.address,
  region: row.region,
  postalCode: row.postalCode,
  latitude: row.latitude,
  longitude: row.longitude,
  onlineUrl: canSeeOnlineUrl(standing) ? row.onlineUrl : null,
  minParticipants: row.minParticipants,
  currency: row.currency,
  tags: row.tags,
  language: row.language,
  ageRestriction: row.ageRestriction,
  skillLevel: row.skillLevel,
  approvalMode: row.approvalMode,
  registrationOpensAt: toTimeOrNull(row.registrationOpensAt),
  registrationClosesAt: toTimeOrNull(row.registrationClosesAt),
  waitlistEnabled: row.waitlistEnabled,
  cancellationPolicyId: row.cancellationPolicyId,
  refundPolicy: refundPolicyOf(row),
  occurrenceAt: toTimeOrNull(row.occurrenceAt),
  publishedAt: toTimeOrNull(row.publishedAt),
  completedAt: toTimeOrNull(row.completedAt),
  cancelledAt: toTimeOrNull(row.cancelledAt),
  cancellationReason: row.cancellationReason,
  cancellationNote: row.cancellationNote,
  updatedAt: toTime(row.updatedAt),
});
