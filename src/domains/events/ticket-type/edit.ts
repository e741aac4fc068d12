import type { InputOf } from '../../../kernel/contract.ts';
import { commit } from '../../../platform/db/commit.ts';
import { reread } from '../event/advance.ts';
import { changesOf } from '../event/changes.ts';
import { isRoomier } from '../event/edit.ts';
import { seatsFreed } from '../facts.ts';
import { toDate } from '../times.ts';
import { checkTicketType, priceMinor } from './check.ts';
import { edit } from './contract.ts';
import { checkTaxRate } from './draft.ts';
import { holdType, maySell, refuseOver, showToTeam } from './subject.ts';
import { followTypes } from './tell.ts';
import { updateTicketType } from './ticket-type.writes.ts';

/** Changes a kind of ticket; what was booked before stays as it was booked. */
export const editTicketType = () =>
  commit(edit, {
    load: (address, { tx, actor }) => holdType(tx, address, actor),
    allow: maySell,
    run: async ({ eventId, ticketTypeId, ...input }, subject, context) => {
      const { tx, actor, record, audit } = context;
      const { event, type } = subject;
      refuseOver(event);
      const changes = changesOf(wantedBy(input, event.currency), type);
      if (Object.keys(changes).length === 0) return showToTeam(subject, ticketTypeId);
      checkTicketType({ ...type, ...changes });
      await checkTaxRate(tx, changes.taxRateId);
      await updateTicketType(tx, ticketTypeId, { ...changes, updatedAt: context.now });
      await followTypes(event, context);
      const isOpened = changes.status === 'ON_SALE' || isRoomier(type.capacity, changes.capacity);
      if (isOpened) await record(seatsFreed, { eventId, ticketTypeId });
      const view = showToTeam(await reread(tx, eventId, actor), ticketTypeId);
      audit({
        targetType: 'ticketType',
        targetId: ticketTypeId,
        before: showToTeam(subject, ticketTypeId),
        after: view,
      });
      return view;
    },
  });

type EditInput = Omit<InputOf<typeof edit>, 'eventId' | 'ticketTypeId'>;

/** Fields of a ticket type as its row has them. */
const wantedBy = ({ price, ...input }: EditInput, currency: string) => ({
  ...input,
  price: price === undefined ? undefined : priceMinor(price, currency, 'price'),
  salesStartAt: toDate(input.salesStartAt),
  salesEndAt: toDate(input.salesEndAt),
  validFrom: toDate(input.validFrom),
  validUntil: toDate(input.validUntil),
});
