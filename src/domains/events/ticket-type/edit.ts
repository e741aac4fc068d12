import type { InputOf } from '../../../kernel/contract.ts';
import { commit } from '../../../platform/db/commit.ts';
import { type Committing, reread } from '../event/advance.steps.ts';
import { changesOf } from '../event/changes.rules.ts';
import { isRoomier } from '../event/edit.ts';
import type { TicketTypeRow } from '../event/event.reads.ts';
import { canSeeEvent } from '../event/policy.ts';
import { checkOrderSize, checkTicketType, priceMinor } from '../event/ticket-types/check.ts';
import { checkTaxRate } from '../event/ticket-types/draft.steps.ts';
import { updateTicketType } from '../event/ticket-types/ticket-type.writes.ts';
import { seatsFreed } from '../facts.ts';
import { toDate } from '../times.rules.ts';
import { edit } from './contract.ts';
import { maySell } from './policy.ts';
import { holdType, refuseLast, refuseOver, showToTeam } from './subject.steps.ts';
import { followTypes } from './tell.steps.ts';

/** Changes a kind of ticket; what was booked before stays as it was booked. */
export const editTicketType = () =>
  commit(edit, {
    load: (address, { tx, actor }) => holdType(tx, address, actor),
    sees: canSeeEvent,
    allow: maySell,
    run: async ({ eventId, ticketTypeId, ...input }, subject, context) => {
      const { tx, actor, audit } = context;
      const { event, type } = subject;
      refuseOver(event);
      const changes = changesOf(wantedBy(input, event.currency), type);
      if (Object.keys(changes).length === 0) return showToTeam(context, subject, ticketTypeId);
      if (changes.status === 'DRAFT') refuseLast(subject);
      await changeType(type, changes, { ...context, eventCapacity: event.maxParticipants });
      await followTypes(event, context);
      const view = await showToTeam(context, await reread(tx, eventId, actor), ticketTypeId);
      audit({
        targetType: 'ticketType',
        targetId: ticketTypeId,
        before: await showToTeam(context, subject, ticketTypeId),
        after: view,
      });
      return view;
    },
  });

type EditInput = Omit<InputOf<typeof edit>, 'eventId' | 'ticketTypeId'>;

/** Fields of a ticket type as its row has them. @throws INVALID_INPUT for a price in another currency */
export const wantedBy = ({ price, ...input }: EditInput, currency: string) => ({
  ...input,
  price: price === undefined ? undefined : priceMinor(price, currency, 'price'),
  salesStartAt: toDate(input.salesStartAt),
  salesEndAt: toDate(input.salesEndAt),
  validFrom: toDate(input.validFrom),
  validUntil: toDate(input.validUntil),
});

export type TypeChanges = ReturnType<typeof changesOf<ReturnType<typeof wantedBy>>>;

/**
 * Checks and writes a change to a kind of ticket; `followTypes` comes after it.
 * @throws INVALID_INPUT naming the field and the reason; CONFLICT for a name that is taken
 */
export const changeType = async (
  type: TicketTypeRow,
  changes: TypeChanges,
  { tx, now, record, eventCapacity }: Pick<Committing, 'tx' | 'now' | 'record'> & { eventCapacity: number | null },
): Promise<void> => {
  const after = { ...type, ...changes };
  checkTicketType(after);
  const isResized = changes.minPerOrder !== undefined || changes.capacity !== undefined;
  if (isResized) checkOrderSize({ ...after, eventCapacity, claimed: type.held + type.sold });
  await checkTaxRate(tx, changes.taxRateId, { now });
  await updateTicketType(tx, type.id, { ...changes, updatedAt: now });
  const isOpened = changes.status === 'ON_SALE' || isRoomier(type.capacity, changes.capacity);
  if (isOpened) await record(seatsFreed, { eventId: type.eventId, ticketTypeId: type.id });
};
