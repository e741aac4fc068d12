import type { Output } from '../../../src/sdk/index.ts';

type Attendee = Output<'checkin.attendees'>['items'][number];

const HEADER = ['Name', 'Ticket', 'Seat', 'Role', 'Inside now', 'Came at'];

/** A cell that a spreadsheet shows and never runs (RFC 4180; a leading sign would make a formula of it). */
const cell = (text: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** The attendance list as a file for spreadsheets, with the mark by which they know UTF-8. */
export const attendanceCsv = (attendees: readonly Attendee[]): string => {
  const rows = attendees.map(({ name, ticketType, seatLabel, role, isInside, admittedAt }) => [
    ...[name ?? '', ticketType ?? '', seatLabel ?? '', role],
    ...[isInside ? 'yes' : 'no', admittedAt ?? ''],
  ]);
  return `\uFEFF${[HEADER, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
};
