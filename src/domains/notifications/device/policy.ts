import type { Actor } from '../../../kernel/actor.ts';

/** Devices are their owner's: of other people's it is not said that they are there. */
export const isOwnDevice = ({ userId }: Pick<Actor, 'userId'>, device: { userId: string }): boolean =>
  device.userId === userId;
