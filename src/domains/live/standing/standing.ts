import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Grants } from '../../../platform/rooms/grants.ts';
import { roomOf, STAGE } from '../room-name.rules.ts';
import { belongs, isMuted, type Viewer } from './policy.ts';
import { findStage, readViewer, type Stage } from './standing.reads.ts';

export interface StandingDeps {
  database: Database;
  grants: Grants;
}

/** Somebody before a stage, as this node remembers both. */
export interface OnStage {
  stage: Stage;
  viewer: Viewer;
}

interface Remembered {
  viewer: Viewer;
  readAtMs: number;
}

/** A person who lacks a right is looked up again after this time at the earliest, for they may have got it meanwhile. */
const LOOK_AGAIN_MS = 2_000;

/** The stage as this node remembers it; forgotten with every entry that changes it. */
export const stageOf = ({ database, grants }: StandingDeps, eventId: string): Promise<Stage> =>
  // Safe: a stage is never null.
  grants.find(roomOf(eventId), STAGE, () => findStage(database, eventId)) as Promise<Stage>;

/**
 * The stage, and how somebody stands to it; null for an event that they may not know of. A right that is lost is forgotten
 * on every node at once, by an entry of the room; one that is won is seen within two seconds.
 * @param wantsLetIn the caller wants what only those may whom the door let in
 */
export const findOnStage = async (
  deps: StandingDeps,
  eventId: string,
  { actor, now, wantsLetIn = false }: { actor: Actor; now: Date; wantsLetIn?: boolean },
): Promise<OnStage | null> => {
  const room = roomOf(eventId);
  const read = async (): Promise<Remembered | null> => {
    const viewer = await readViewer(deps.database, eventId, { actor, now });
    return viewer && { viewer, readAtMs: performance.now() };
  };
  try {
    const remembered = await deps.grants.find(room, actor.userId, read);
    if (!remembered) return null;
    const stage = await stageOf(deps, eventId);
    const { viewer, readAtMs } = remembered;
    const lacks = !belongs(stage.settings.audience, viewer) || (wantsLetIn && !viewer.wasLetIn && !viewer.isTeam);
    if (lacks && performance.now() - readAtMs > LOOK_AGAIN_MS) Object.assign(remembered, await read());
    return { stage, viewer: remembered.viewer };
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
};

/**
 * For what only those may who take part in an open stage.
 * @throws CONFLICT when the stage is not open or the caller does not take part, FORBIDDEN when they are muted
 */
export const refuseIdle = ({ stage, viewer }: OnStage, now: Date): void => {
  if (stage.status !== 'OPEN') {
    throw new AppError('CONFLICT', `The stage is ${stage.status}.`, {
      issues: [{ path: 'live.status', message: stage.status }],
    });
  }
  if (!belongs(stage.settings.audience, viewer)) {
    throw new AppError('FORBIDDEN', 'Only people with a ticket take part in this, or whom the door has let in.');
  }
  if (isMuted(viewer, now.getTime())) {
    throw new AppError('FORBIDDEN', 'You take no part in this for a while: the team has muted you.');
  }
};
