import { newId } from '../../../platform/ids.ts';
import type { Log } from '../../../platform/log.ts';
import type { Audience } from '../../../platform/rooms/audience.ts';
import type { Ephemera } from '../../../platform/rooms/ephemera.ts';
import { roomOf } from '../room-name.rules.ts';
import { findStage } from '../standing/standing.reads.ts';
import { type StandingDeps, stageOf } from '../standing/standing.ts';
import { type ApplauseStore, TELL_EVERY_MS } from './applause.store.ts';
import { ticked } from './signals/contract.ts';

/** How often a node says how many watch each open stage, also when nobody claps. */
const HEARTBEAT_MS = 2_000;
/** After a tick that failed. */
const RETRY_MS = 1_000;

interface Deps extends StandingDeps {
  applause: Pick<ApplauseStore, 'tick'>;
  audience: Pick<Audience, 'count' | 'rooms'>;
  ephemera: Pick<Ephemera, 'publish'>;
  log: Pick<Log, 'warn'>;
}

interface Evening {
  claps: Map<string, number>;
  /** What was sent and not confirmed; it is sent again under the same number. */
  sent: { number: number; claps: ReadonlyMap<string, number> } | null;
  timer: NodeJS.Timeout | null;
}

/** Takes claps of one event. They are told with its next tick. */
export type Clap = (eventId: string, emoji: string, count: number) => void;

/**
 * Sums the applause of a node, and tells each open stage of all nodes' applause and viewers, twice a second at most however
 * many clap and however many nodes there are (V1). A node that dies takes at most its last half second along.
 */
export const gatherApplause = (deps: Deps): Clap => {
  const { applause, audience, ephemera, log } = deps;
  const node = newId();
  const evenings = new Map<string, Evening>();
  let number = 0;

  const eveningOf = (eventId: string): Evening => {
    const known = evenings.get(eventId) ?? { claps: new Map<string, number>(), sent: null, timer: null };
    evenings.set(eventId, known);
    return known;
  };

  const schedule = (eventId: string, waitMs: number): void => {
    const evening = eveningOf(eventId);
    evening.timer ??= setTimeout(() => {
      evening.timer = null;
      tick(eventId, evening).catch((err: unknown) => {
        log.warn({ err, eventId }, 'applause was not told yet');
        schedule(eventId, RETRY_MS);
      });
    }, waitMs).unref();
  };

  const send = async (eventId: string, sent: NonNullable<Evening['sent']>) => {
    const viewers = audience.count(roomOf(eventId));
    const answer = await applause.tick(eventId, { node, viewers, ...sent });
    if (answer !== 'missing') return answer;
    // Afresh: what a node remembers of a stage may be older than what is stored of its applause.
    const { applause: load } = await findStage(deps.database, eventId);
    return applause.tick(eventId, { node, viewers, ...sent, load });
  };

  const tick = async (eventId: string, evening: Evening): Promise<void> => {
    if (!evening.sent) {
      number += 1;
      evening.sent = { number, claps: evening.claps };
      evening.claps = new Map();
    }
    const answer = await send(eventId, evening.sent);
    evening.sent = null;
    if (typeof answer === 'object' && 'tell' in answer) {
      const { viewers, reactions, total } = answer.tell;
      ephemera.publish(roomOf(eventId), ticked.name, { viewers, reactions, total });
    }
    if (typeof answer === 'object' && 'waitMs' in answer) schedule(eventId, answer.waitMs);
    else if (evening.claps.size > 0) schedule(eventId, TELL_EVERY_MS);
    else if (evening.timer === null) evenings.delete(eventId);
  };

  const beat = async (): Promise<void> => {
    for (const room of audience.rooms('event')) {
      const eventId = room.slice(room.indexOf(':') + 1);
      const stage = await stageOf(deps, eventId).catch(() => null);
      if (stage?.status === 'OPEN' || stage?.status === 'PAUSED') schedule(eventId, 0);
    }
    setTimeout(() => void beat(), HEARTBEAT_MS).unref();
  };
  setTimeout(() => void beat(), HEARTBEAT_MS).unref();

  return (eventId, emoji, count) => {
    const { claps } = eveningOf(eventId);
    claps.set(emoji, (claps.get(emoji) ?? 0) + count);
    schedule(eventId, TELL_EVERY_MS);
  };
};
