import type { TicketTypeStatus } from '../../../generated/prisma/enums.ts';
import { invalidField } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { isPolicyOf } from '../cancellation-policy/cancellation-policy.reads.ts';
import { isCategory } from '../category/category.reads.ts';
import { isCurrencyInUse } from './event.reads.ts';

/** Fields of an event between which there are rules. */
export interface Ruled {
  startDate: Date;
  endDate: Date;
  minParticipants: number;
  maxParticipants: number | null;
  latitude: number | null;
  longitude: number | null;
  registrationOpensAt: Date | null;
  registrationClosesAt: Date | null;
}

/** Longer than anything that is one event. */
const MAX_DURATION_MS = 366 * 24 * 60 * 60 * 1_000;

/** @throws INVALID_INPUT naming the field and the reason */
export const checkFields = (fields: Ruled): void => {
  const durationMs = fields.endDate.getTime() - fields.startDate.getTime();
  if (durationMs <= 0) throw invalidField('endDate', 'must be later than startDate');
  if (durationMs > MAX_DURATION_MS) throw invalidField('endDate', 'must be within a year of startDate');
  const { minParticipants, maxParticipants, registrationOpensAt: opensAt, registrationClosesAt: closesAt } = fields;
  if (maxParticipants !== null && maxParticipants < minParticipants) {
    throw invalidField('maxParticipants', `must be at least minParticipants (${minParticipants})`);
  }
  if ((fields.latitude === null) !== (fields.longitude === null)) {
    const missing = fields.latitude === null ? 'latitude' : 'longitude';
    throw invalidField(missing, 'latitude and longitude are given together');
  }
  if (opensAt !== null && closesAt !== null && closesAt <= opensAt) {
    throw invalidField('registrationClosesAt', 'must be later than registrationOpensAt');
  }
};

interface Sold {
  status?: 'DRAFT' | 'PUBLISHED' | undefined;
  ticketTypes?: { status?: TicketTypeStatus | undefined }[] | undefined;
}

/** @throws INVALID_INPUT for what is put on sale at once without a kind of ticket to sell */
export const checkSold = ({ status, ticketTypes }: Sold): void => {
  const isUnsold = ticketTypes?.every((type) => type.status === 'DRAFT') ?? false;
  if (status === 'PUBLISHED' && isUnsold) throw invalidField('ticketTypes', 'must hold one that is no draft');
};

/** @throws INVALID_INPUT for a moment that is not to come */
export const checkToCome = (field: string, date: Date, now: Date): void => {
  if (date.getTime() <= now.getTime()) throw invalidField(field, 'is in the past');
};

interface References {
  categoryId?: string | null | undefined;
  cancellationPolicyId?: string | null | undefined;
  currency?: string | undefined;
}

/** What an event refers to must be there and be for its host. @throws INVALID_INPUT naming the field */
export const checkReferences = async (
  tx: Transaction,
  hostId: string,
  { categoryId, cancellationPolicyId, currency }: References,
): Promise<void> => {
  if (categoryId && !(await isCategory(tx, categoryId))) throw invalidField('categoryId', 'is no category in use');
  if (cancellationPolicyId && !(await isPolicyOf(tx, cancellationPolicyId, hostId))) {
    throw invalidField('cancellationPolicyId', 'is no policy of the host or of the platform');
  }
  if (currency !== undefined && !(await isCurrencyInUse(tx, currency))) {
    throw invalidField('currency', 'is no currency in use here');
  }
};
