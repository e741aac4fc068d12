/** Of each kind so many are printed; the number says the rest. */
const SHOWN = 5;

/** Something that does not add up. */
export interface Finding {
  /** By which two findings of different runs are taken for the same. */
  kind: string;
  text: string;
}

export const finding = (kind: string, text: string = kind): Finding => ({ kind, text });

/** One finding for a list that should be empty; none for one that is. */
export const findingOf = (kind: string, list: readonly unknown[]): Finding[] => {
  if (list.length === 0) return [];
  return [finding(kind, `${list.length} ${kind}: ${list.slice(0, SHOWN).map(textOf).join(' | ')}`)];
};

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
