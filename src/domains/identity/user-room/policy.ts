import type { Actor } from '../../../kernel/actor.ts';

/** A person's room is for that person alone. */
export const canWatchUserRoom = (actor: Pick<Actor, 'userId'>, userId: string): boolean => actor.userId === userId;
