import type { Output } from '../../../src/sdk/index.ts';
import { csvOf } from './csv.ts';

type Attendee = Output<'checkin.attendees'>['items'][number];

const HEADER = ['Name', 'Ticket', 'Seat', 'Role', 'Inside now', 'Came at'];

/** The attendance list as a file for spreadsheets. */
export const attendanceCsv = (attendees: readonly Attendee[]): string => {
  const rows = attendees.map(({ name, ticketType, seatLabel, role, isInside, admittedAt }) => [
    ...[name ?? '', ticketType ?? '', seatLabel ?? '', role],
    ...[isInside ? 'yes' : 'no', admittedAt ?? ''],
  ]);
  return csvOf([HEADER, ...rows]);
};
