import { presentFields } from '../times.ts';

const plain = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(plain(one)) === JSON.stringify(plain(other));

/** Of the wanted fields those that are present and differ from what is there. */
export const changesOf = <W extends object>(wanted: W, present: { [K in keyof W]?: unknown }) =>
  presentFields(
    // Safe: some of the fields of W are what is left.
    Object.fromEntries(
      Object.entries(wanted).filter(([name, value]) => value !== undefined && !isSame(value, present[name as keyof W])),
    ) as Partial<W>,
  );
