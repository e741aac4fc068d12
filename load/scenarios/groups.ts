import type { Plan, Preparation } from './scenario.ts';

/** Puts people into rooms of about the same size, one after the other; the last two share what is left. */
export const groupsOf = (people: number, size: number): number[][] => {
  const count = Math.max(1, Math.floor(people / size));
  const groups = Array.from({ length: count }, (): number[] => []);
  for (let person = 0; person < people; person += 1)
    groups[Math.min(count - 1, Math.floor(person / size))]?.push(person);
  return groups;
};

/** Opens a room for each group of people. */
export const openGroups = async ({ adapter, options, people, tell }: Preparation, size: number): Promise<Plan> => {
  const groups = groupsOf(people.length, size);
  const named = groups.map((members) => members.flatMap((member) => people[member] ?? []));
  const ids = await adapter.openRooms(options.url, named, tell);
  return { rooms: groups.map((members, index) => ({ id: ids[index] ?? '', members })) };
};
