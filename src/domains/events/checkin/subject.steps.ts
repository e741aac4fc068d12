import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { type Keeper, keeperOf } from '../door/keeper.reads.ts';
import { standsAtDoor } from '../door/policy.ts';
import { type OpenDoor, openDoor } from './door.steps.ts';

/** An event's doors, and how somebody stands to them. */
export interface DoorSubject {
  door: OpenDoor;
  keeper: Keeper;
}

/** Null for who has nothing to do with the event's doors. */
export const doorFor = async (tx: Transaction, eventId: string, actor: Actor): Promise<DoorSubject | null> => {
  const keeper = await keeperOf(tx, eventId, actor);
  if (!standsAtDoor(keeper)) return null;
  const door = await openDoor(tx, eventId);
  return door && { door, keeper };
};
