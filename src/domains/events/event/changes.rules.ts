import { presentFields } from '../times.rules.ts';

/** JSON knows no bigint, and the same instant may be written in many ways. */
const plain = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'bigint' ? String(value) : value;
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(plain(one)) === JSON.stringify(plain(other));

/** Of the wanted fields those that are present and differ from what is there. */
export const changesOf = <W extends object>(wanted: W, present: { [K in keyof W]?: unknown }) =>
  presentFields(
    // Safe: some of the fields of W are what is left.
    Object.fromEntries(
      Object.entries(wanted).filter(([name, value]) => value !== undefined && !isSame(value, present[name as keyof W])),
    ) as Partial<W>,
  );
