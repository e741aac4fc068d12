import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { type DoorSubject, doorFor } from '../checkin/subject.steps.ts';
import { findScanner, type ScannerRow } from './scanner.reads.ts';
import { lockScanner } from './scanner.writes.ts';

/** A device of an event, under its lock. */
export interface ScannerSubject extends DoorSubject {
  scanner: ScannerRow;
}

/** Null for who has nothing to do with the event's doors, and for a device that it does not have. */
export const holdScanner = async (
  tx: Transaction,
  input: { eventId: string; scannerId: string },
  actor: Actor,
): Promise<ScannerSubject | null> => {
  await lockScanner(tx, input.scannerId);
  const subject = await doorFor(tx, input.eventId, actor);
  const scanner = subject && (await findScanner(tx, input));
  return subject && scanner ? { ...subject, scanner } : null;
};
