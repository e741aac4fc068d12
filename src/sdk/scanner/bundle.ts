import { generationOf } from '../../domains/events/ticket/code.rules.ts';
import type { Output } from '../contract.ts';
import { fromBase64 } from './base64.ts';

export type BundleContents = NonNullable<Output<'checkin.bundle'>['contents']>;
export type BundleList = BundleContents['lists'][number];

/** A bundle, laid out so that a code is looked up at once. */
export interface OpenedBundle {
  eventId: string;
  /** The list that is scanned for where none is chosen. */
  listId: string | null;
  lists: readonly BundleList[];
  /** Public keys by their number. */
  keys: ReadonlyMap<number, string>;
  /** Kinds of tickets by the number that codes call them. */
  types: ReadonlyMap<number, { id: string; validFrom: Date; validUntil: Date }>;
  /** The lowest generation that is good, by admission; 0 for one that is not here. */
  minGenerations: ReadonlyMap<string, number>;
  /** Sealed holders by the name of their code. */
  boxes: ReadonlyMap<string, string>;
  gateKey: string | null;
}

const REVOCATION_BYTES = 18;

/** Lays the contents of `checkin.bundle` out. */
export const openBundle = (contents: BundleContents): OpenedBundle => ({
  eventId: contents.event.id,
  listId: contents.listId,
  lists: contents.lists,
  keys: new Map(contents.keys.map(({ number, publicKey }) => [number, publicKey])),
  types: new Map(
    contents.types.map(({ id, number, validFrom, validUntil }) => [
      number,
      { id, validFrom: new Date(validFrom), validUntil: new Date(validUntil) },
    ]),
  ),
  minGenerations: new Map(readRevocations(fromBase64(contents.revocations))),
  boxes: new Map(contents.tickets.map(({ h, c }) => [h, c])),
  gateKey: contents.gateKey,
});

const readRevocations = (bytes: Uint8Array): [string, number][] =>
  Array.from({ length: Math.floor(bytes.length / REVOCATION_BYTES) }, (_, place) => {
    const at = place * REVOCATION_BYTES;
    const { admissionId, generation } = generationOf(bytes.subarray(at, at + REVOCATION_BYTES));
    return [admissionId, generation];
  });
