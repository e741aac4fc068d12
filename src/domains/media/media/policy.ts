import type { Actor } from '../../../kernel/actor.ts';

/** Files are their owner's: of other people's it is not said that they are there. */
export const isOwnFile = ({ userId }: Pick<Actor, 'userId'>, { ownerId }: { ownerId: string }): boolean =>
  ownerId === userId;
