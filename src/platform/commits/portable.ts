/** Keys and, as text, indexes from the root down. */
type Path = string[];

/**
 * JSON that brings dates back as dates: their positions travel beside the value, so that no input can pass for one.
 * @throws Error naming the position of anything else that JSON would lose: a Map, a class instance, a bigint
 */
export const pack = (value: unknown): string => {
  const dates: Path[] = [];
  inspect(value, [], dates);
  return JSON.stringify({ value, dates });
};

/** The reverse of `pack`. */
export const unpack = (text: string): unknown => {
  const { value, dates } = JSON.parse(text) as { value: unknown; dates: Path[] };
  for (const path of dates) revive(value, path);
  return value;
};

const inspect = (value: unknown, path: Path, dates: Path[]): void => {
  if (typeof value === 'bigint' || typeof value === 'function') throw notPortable(path);
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw notPortable(path);
    dates.push(path);
    return;
  }
  if (!isPlain(value)) throw notPortable(path);
  for (const [key, item] of Object.entries(value)) inspect(item, [...path, key], dates);
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
};

const notPortable = (path: Path): Error => new Error(`${path.join('.')} cannot be carried to a worker as JSON`);

const revive = (root: unknown, path: Path): void => {
  const last = path.at(-1);
  if (last === undefined) return;
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], root);
  // Safe: `pack` took the path from this very value.
  const fields = holder as Record<string, unknown>;
  fields[last] = new Date(fields[last] as string);
};
