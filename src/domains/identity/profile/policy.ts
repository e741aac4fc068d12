import type { Actor } from '../../../kernel/actor.ts';

interface Page {
  id: string;
  visibility: 'PUBLIC' | 'MEMBERS' | 'FOLLOWERS' | 'FRIENDS' | 'PRIVATE';
  /** A block stands between the two, whoever made it. */
  isBlocked: boolean;
}

/** Whether somebody may see a person’s page: their own always, a public one also without an account. */
export const canSeePage = (actor: Pick<Actor, 'userId'> | null, { id, visibility, isBlocked }: Page): boolean => {
  if (actor?.userId === id) return true;
  if (isBlocked) return false;
  return visibility === 'PUBLIC' || (visibility === 'MEMBERS' && actor !== null);
};
