import { execFileSync } from 'node:child_process';
import { makeServerFolder } from '../../support/run-folder.ts';
import { currentRunFolder } from '../../support/run-in-progress.ts';
import { openStage, type Stage } from '../checkouts/stage.ts';
import { createTime, type Time } from '../checkouts/time.ts';
import { type Chats, openChats } from './chats.ts';
import type { Options } from './options.ts';

/** What faults happen to. */
export interface World {
  stage: Stage;
  time: Time;
  chats: Chats;
  options: Options;
  /** Where PostgreSQL keeps its data, when it is a small disk of its own. */
  smallDisk: string | null;
  say: (line: string) => void;
  close: () => Promise<void>;
}

/** Buyers made at most: with every fault at full length some are asked twice for their patience. */
const MAX_BUYERS = 30_000;
/** Several, for whoever changes a booking waits for whoever else does at the same event. */
const EVENTS = 10;
/** The time that faults and the waiting for their end take on top, for each. */
const FAULT_SECONDS = 60;
/** Most of it is PostgreSQL's log of changes, 1 GB at most before it is reused. */
const DISK_BYTES = 3 * 2 ** 30;

const buyersOf = ({ faults, seconds, hold, away, checkouts }: Options): number => {
  const traffic = (faults.length + 1) * seconds + faults.length * (hold + FAULT_SECONDS) + away;
  return Math.min(MAX_BUYERS, Math.max(50, traffic * checkouts));
};

/** Starts two nodes and two workers with servers of their own, events on sale, and chats that are written to. */
export const openWorld = async (options: Options, say: (line: string) => void): Promise<World> => {
  const smallDisk = options.faults.includes('disk-full') ? mountSmallDisk() : null;
  try {
    const stage = await openStage({
      buyers: buyersOf(options),
      seatsEach: 3,
      events: EVENTS,
      workers: 2,
      ...(smallDisk === null ? {} : { postgresFolder: smallDisk }),
    });
    const chats = await openChats(stage, options);
    const close = async (): Promise<void> => {
      await stage.close();
      if (smallDisk !== null) unmount(smallDisk);
    };
    return { stage, time: createTime(stage), chats, options, smallDisk, say, close };
  } catch (error) {
    if (smallDisk !== null) unmount(smallDisk);
    throw error;
  }
};

/** @throws Error when the system does not let us: mounting is root's */
const mountSmallDisk = (): string => {
  const folder = makeServerFolder(currentRunFolder(), 'postgres');
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES},mode=755`, 'tmpfs', folder], { stdio: 'pipe' });
  return folder;
};

/** Lazily, for a server that is being killed may still have files open. */
const unmount = (folder: string): void => {
  execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
};
