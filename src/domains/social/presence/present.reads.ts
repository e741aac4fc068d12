import type { Presence } from '../../../platform/presence/presence.ts';

/** Those of the people who are here and do not hide it. @throws Error when Redis is away */
export const presentAmong = async (
  { people }: Pick<Presence, 'people'>,
  userIds: readonly string[],
): Promise<Set<string>> => {
  const known = await people.read(userIds);
  return new Set(
    userIds.filter((userId) => {
      const here = known.get(userId);
      return here?.isHere && here.chosen !== '' && here.chosen !== 'INVISIBLE';
    }),
  );
};
