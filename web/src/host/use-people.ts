import { useMemo } from 'preact/hooks';
import type { Output } from '../../../src/sdk/index.ts';
import { fullName } from '../format.ts';
import { useOperation } from '../state/use-operation.ts';

type Person = Output<'profile.find'>['items'][number];

/** People whom one question names at most. */
const MOST = 100;

/** Names of people by their ids; a dash until a name is known. */
export const usePeople = (userIds: readonly string[]): ((userId: string) => string) => {
  const ids = useMemo(() => [...new Set(userIds)].slice(-MOST), [userIds.join()]);
  const found = useOperation('profile.find', ids.length === 0 ? null : { userIds: ids });
  const byId = new Map<string, Person>(found.data?.items.map((person) => [person.id, person]));
  return (userId) => {
    const person = byId.get(userId);
    return person ? fullName(person) : '–';
  };
};
