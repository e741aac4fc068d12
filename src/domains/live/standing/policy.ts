/** Somebody before a stage: their place in the team, their ticket, and their mute. */
export interface Viewer {
  hostId: string;
  /** Belongs to the event's team, in whatever place. */
  isTeam: boolean;
  /** Runs the stage: the event's owner, co-hosts and managers. */
  manages: boolean;
  /** Keeps order: who runs it, and supervisors. They see hidden tallies. */
  supervises: boolean;
  /** Holds an issued ticket. */
  isAdmitted: boolean;
  /** Was let in by the door. */
  wasLetIn: boolean;
  /** In ms; null for who is not muted. */
  mutedUntilMs: number | null;
}

type Audience = 'ANYONE_WATCHING' | 'TICKET' | 'ADMITTED';

/** Whether somebody is among those who take part, mutes aside. */
export const belongs = (
  audience: Audience,
  { isTeam, isAdmitted, wasLetIn }: Pick<Viewer, 'isTeam' | 'isAdmitted' | 'wasLetIn'>,
): boolean => {
  if (isTeam || audience === 'ANYONE_WATCHING') return true;
  return audience === 'TICKET' ? isAdmitted : wasLetIn;
};

export const isMuted = ({ mutedUntilMs }: Pick<Viewer, 'mutedUntilMs'>, nowMs: number): boolean =>
  mutedUntilMs !== null && nowMs < mutedUntilMs;

/** Whether somebody may vote, ask and applaud, as far as it depends on them. */
export const takesPart = (audience: Audience, viewer: Viewer, nowMs: number): boolean =>
  belongs(audience, viewer) && !isMuted(viewer, nowMs);

/** Whether a person may be muted or sent out; the team may not. */
export const canBeMuted = ({ isTeam }: Pick<Viewer, 'isTeam'>): boolean => !isTeam;

interface ShownPoll {
  status: 'DRAFT' | 'OPEN' | 'CLOSED' | 'CANCELLED';
  reveal: 'ALWAYS' | 'AFTER_VOTE' | 'AFTER_CLOSE' | 'TEAM';
}

/** Whether everybody sees how a poll stands while it is open. */
export const isShownToAll = ({ reveal }: Pick<ShownPoll, 'reveal'>): boolean => reveal === 'ALWAYS';

/** Whether somebody sees how a poll stands (V4). */
export const seesTally = (
  { status, reveal }: ShownPoll,
  viewer: { supervises: boolean; hasVoted: boolean },
): boolean => {
  if (viewer.supervises) return true;
  if (status === 'DRAFT' || status === 'CANCELLED' || reveal === 'TEAM') return false;
  if (status === 'CLOSED' || reveal === 'ALWAYS') return true;
  return reveal === 'AFTER_VOTE' && viewer.hasVoted;
};

/** Whether somebody knows of a poll. */
export const seesPoll = ({ status }: Pick<ShownPoll, 'status'>, { supervises }: { supervises: boolean }): boolean =>
  supervises || status === 'OPEN' || status === 'CLOSED';
