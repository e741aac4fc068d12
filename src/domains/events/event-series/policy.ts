import type { Actor } from '../../../kernel/actor.ts';
import { canSee, type Guarded, type Standing } from '../event/policy.ts';

/** A series is its host's: of other people's it is not said that they are there. */
export const isOwnSeries = ({ userId }: Pick<Actor, 'userId'>, { hostId }: { hostId: string }): boolean =>
  hostId === userId;

interface Occurrence {
  event: Guarded;
  standing: Standing;
  series: { hostId: string };
}

/** An event of a series is changed as such by who may know of both. */
export const canSeeOccurrence = (actor: Pick<Actor, 'userId'>, { event, standing, series }: Occurrence): boolean =>
  canSee(event, standing) && isOwnSeries(actor, series);
