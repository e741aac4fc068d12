import type { ScanKind, ScanRejection } from '../../../generated/prisma/enums.ts';

/** The rules of a list, as a door needs them. */
export interface DoorList {
  id: string;
  /** Empty lets every type in. */
  ticketTypeIds: readonly string[];
  allowUnpaid: boolean;
  opensAt: Date | null;
  closesAt: Date | null;
  requireProof: boolean;
}

/** A ticket as the event knows it. */
export interface DoorTicket {
  status: 'RESERVED' | 'ISSUED' | 'CANCELLED' | 'TRANSFERRED';
  ticketTypeId: string | null;
  /** When its holders may enter. */
  validFrom: Date;
  validUntil: Date;
}

/** A code that was shown, as far as it was understood; null where it could not be read. */
export interface ShownCode {
  eventId: string;
  generation: number;
  /** A known key of its event has signed it. */
  isSigned: boolean;
}

export interface Door {
  eventId: string;
  list: DoorList;
  now: Date;
}

export interface Shown {
  kind: ScanKind;
  /** Null for what is no code. */
  code: ShownCode | null;
  /** Null for an admission that the event does not have. */
  ticket: DoorTicket | null;
  /** The lowest generation that is good now. */
  minGeneration: number;
  /** Whether the half minute's proof came with the code and is right. */
  hasProof: boolean;
}

/**
 * Why a door refuses a code, or null when it does not; the first reason in the order of `ScanRejection` counts. Whether
 * somebody is inside already is the fold's to say. Who leaves is asked for no more than a code of the event.
 */
export const rejectionOf = ({ eventId, list, now }: Door, shown: Shown): ScanRejection | null => {
  const { kind, code, ticket, minGeneration, hasProof } = shown;
  if (code === null) return 'MALFORMED';
  if (!code.isSigned) return 'BAD_SIGNATURE';
  if (code.eventId !== eventId || ticket === null) return 'WRONG_EVENT';
  if (kind === 'EXIT') return null;
  if (code.generation < minGeneration) return 'REVOKED';
  if (ticket.status === 'CANCELLED' || ticket.status === 'TRANSFERRED') return 'CANCELLED';
  if (!isOnList(list, ticket)) return 'WRONG_LIST';
  if (!isOpen(list, ticket, now)) return 'OUTSIDE_WINDOW';
  if (ticket.status === 'RESERVED' && !list.allowUnpaid) return 'UNPAID';
  return list.requireProof && !hasProof ? 'PROOF_EXPIRED' : null;
};

const isOnList = ({ ticketTypeIds }: DoorList, { ticketTypeId }: DoorTicket): boolean =>
  ticketTypeIds.length === 0 || (ticketTypeId !== null && ticketTypeIds.includes(ticketTypeId));

const isOpen = ({ opensAt, closesAt }: DoorList, { validFrom, validUntil }: DoorTicket, now: Date): boolean =>
  (opensAt === null || opensAt <= now) &&
  validFrom <= now &&
  now <= validUntil &&
  (closesAt === null || now < closesAt);
