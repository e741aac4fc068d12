import { partitionOf } from './keys.ts';

/** People, or rooms' seats, that one script is told of. */
export const AT_ONCE = 500;

/** Splits a list into parts that one script takes. */
export const chunks = <Item>(items: readonly Item[]): Item[][] => {
  const parts: Item[][] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) parts.push(items.slice(from, from + AT_ONCE));
  return parts;
};

/** Milliseconds as scripts compare them. */
export const whole = (ms: number): number => Math.floor(ms);

/** Runs for what concerns people, in parts that lie together. @returns what each part answered */
export const inParts = async <Item extends { userId: string }>(
  items: readonly Item[],
  run: (partition: number, part: Item[]) => Promise<unknown>,
): Promise<unknown[]> => {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const partition = partitionOf(item.userId);
    const group = groups.get(partition);
    if (group) group.push(item);
    else groups.set(partition, [item]);
  }
  return Promise.all([...groups].flatMap(([partition, group]) => chunks(group).map((part) => run(partition, part))));
};
