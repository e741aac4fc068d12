import type { Output } from '../../../../src/sdk/index.ts';
import { client } from '../../client.ts';
import { dateTime } from '../../format.ts';
import { t } from '../../words.ts';
import { typedOf } from '../amounts.ts';
import { csvOf } from '../csv.ts';
import type { EventProps } from './event-page.tsx';

type Guest = Output<'guest.list'>['items'][number];

/** The guests as a table, a header first. @param zone IANA, of the event */
const tableOf = (guests: readonly Guest[], zone: string): string[][] => [
  [t('Name'), t('Ticket'), t('Reference'), t('Paid'), t('Currency'), t('Booked'), t('Came at')],
  ...guests.map(({ name, ticketType, reference, paid, bookedAt, admittedAt }) => [
    ...[name ?? '', ticketType, reference, typedOf(paid.amountMinor, paid.currency), paid.currency],
    ...[dateTime(bookedAt, zone), admittedAt === null ? '' : dateTime(admittedAt, zone)],
  ]),
];

/** Saves everybody with a ticket as a CSV file. @throws RallyError */
export const saveGuests = async ({ id: eventId, slug, timeZone }: EventProps['event']): Promise<void> => {
  const all: Guest[] = [];
  let cursor: string | null = null;
  do {
    const page: Output<'guest.list'> = await client.call('guest.list', {
      ...{ eventId, limit: 500 },
      ...(cursor === null ? {} : { cursor }),
    });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csvOf(tableOf(all, timeZone))], { type: 'text/csv' }));
  link.download = `${slug}-guests.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
};
