import type { Log } from '../log.ts';
import type { EngineLog } from './create-log.ts';
import { encodeEntry, type LogEntry, type Publication } from './entries.ts';
import { ALL_ASKED_AGAIN, EVERYBODY } from './log.ts';
import { createRing, type EncodedEntry, type Ring } from './ring.ts';

/** Entries a node keeps encoded for each room it follows: what a reconnecting crowd asks for costs no Redis call. */
const RING_CAPACITY = 256;
const HEAL_BATCH = 500;

/** What the shell that serves watchers hears of a room, always in order. */
export interface RoomListener {
  onEntry: (entry: EncodedEntry, source: LogEntry) => void;
  /** The durable watermark moved. */
  onDurable: () => void;
  /** The room goes on under another epoch or after entries that are gone: watchers must fetch its state afresh. */
  onReset: () => void;
  /** Something to tell present watchers and forget. */
  onEphemera: (signal: string, json: string) => void;
  /** These users may have lost the right to watch. */
  onRecheck: (userIds: readonly string[]) => void;
}

export interface Followed {
  room: string;
  epoch: string;
  /** The last entry seen. */
  seq: number;
  durable: number;
  ring: Ring;
  /** What users may do here, by user id; forgotten when an entry names them. */
  grants: Map<string, unknown>;
  listener: RoomListener | null;
  usedAtMs: number;
  /** When somebody may last have been sent out unseen by those who asked before: at the start, with an eviction, at a reset. */
  standingAtMs: number;
  hear: (publication: Publication) => void;
  /** Forgets what these users may do here, and has it asked whether they may still watch. */
  recheck: (userIds: readonly string[]) => void;
  /** Compares with the log and fetches what is missing; resolves when level with it. */
  heal: () => Promise<void>;
}

interface FollowedParts {
  room: string;
  log: EngineLog;
  logger: Log;
  onGap: () => void;
  /** A hole could not be filled; somebody has to heal the room later. */
  onUnsure: () => void;
}

/**
 * The gate of one room on one node: lets entries through strictly by sequence number. What does not fit is a hole, and
 * holes are filled from the log before anything later passes.
 */
export const createFollowed = ({ room, log, logger, onGap, onUnsure }: FollowedParts): Followed => {
  let healing: Promise<void> | null = null;
  /** The highest number heard while healing: the log has to be read up to it. */
  let heardSeq = 0;
  /** The furthest watermark heard while healing, of which the position that is being read may know nothing yet. */
  let heardDurable = { epoch: '', durable: 0 };

  const accept = (entry: LogEntry): void => {
    followed.seq = entry.seq;
    const encoded = { seq: entry.seq, json: encodeEntry(entry) };
    followed.ring.push(encoded);
    for (const userId of entry.affects) followed.grants.delete(userId);
    if (entry.affects.includes(EVERYBODY)) followed.grants.clear();
    if (entry.evicts.length > 0) followed.standingAtMs = performance.now();
    if (entry.evicts.includes(ALL_ASKED_AGAIN)) followed.grants.clear();
    followed.listener?.onEntry(encoded, entry);
  };

  const raiseDurable = (durable: number): void => {
    if (durable <= followed.durable) return;
    followed.durable = durable;
    followed.listener?.onDurable();
  };

  const reset = (epoch: string, seq: number, durable: number): void => {
    const first = followed.epoch === '';
    followed.epoch = epoch;
    followed.seq = seq;
    followed.durable = durable;
    followed.ring.clear(seq);
    followed.grants.clear();
    followed.standingAtMs = performance.now();
    if (!first) followed.listener?.onReset();
  };

  const keepForLater = ({ epoch, durable, entry }: Publication): void => {
    if (entry && entry.seq > heardSeq) heardSeq = entry.seq;
    if (epoch !== heardDurable.epoch || durable > heardDurable.durable) heardDurable = { epoch, durable };
  };

  const hear = (publication: Publication): void => {
    if (healing) {
      keepForLater(publication);
      return;
    }
    const { epoch, durable, entry } = publication;
    if (epoch !== followed.epoch || (entry && entry.seq > followed.seq + 1)) {
      onGap();
      heal().catch((error: unknown) => {
        logger.warn({ room, err: error }, 'a hole could not be filled yet');
        onUnsure();
      });
      return;
    }
    if (entry && entry.seq === followed.seq + 1) accept(entry);
    raiseDurable(durable);
  };

  const readOn = async (): Promise<void> => {
    const at = await log.position(room);
    if (at.epoch !== followed.epoch) {
      reset(at.epoch, at.seq, at.durable);
      return;
    }
    while (followed.seq < at.seq) {
      const entries = await log.rawAfter(room, followed.seq, HEAL_BATCH);
      const contiguous = entries[0]?.seq === followed.seq + 1;
      if (!contiguous) {
        reset(at.epoch, at.seq, at.durable);
        return;
      }
      for (const entry of entries) if (entry.seq === followed.seq + 1) accept(entry);
    }
    raiseDurable(at.durable);
  };

  const healOnce = async (): Promise<void> => {
    do {
      heardSeq = 0;
      await readOn();
    } while (heardSeq > followed.seq);
    if (heardDurable.epoch === followed.epoch) raiseDurable(heardDurable.durable);
  };

  const heal = (): Promise<void> => {
    healing ??= healOnce().finally(() => {
      healing = null;
    });
    return healing;
  };

  const followed: Followed = {
    room,
    epoch: '',
    seq: 0,
    durable: 0,
    ring: createRing(RING_CAPACITY, 0),
    grants: new Map(),
    listener: null,
    usedAtMs: performance.now(),
    standingAtMs: performance.now(),
    hear,
    recheck: (userIds) => {
      for (const userId of userIds) followed.grants.delete(userId);
      followed.standingAtMs = performance.now();
      followed.listener?.onRecheck(userIds);
    },
    heal,
  };
  return followed;
};
